-- "AIOL": tells this file from other SQLite databases.
PRAGMA application_id = 1095323468;

CREATE TABLE migrations (
    version INTEGER PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE runs (
    id TEXT NOT NULL PRIMARY KEY,
    recorded_at_ns INTEGER,
    manifest TEXT NOT NULL
) STRICT;

CREATE TABLE strategies (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    strategy TEXT NOT NULL,
    params TEXT NOT NULL
) STRICT;

CREATE TABLE results (
    run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    strategy_id TEXT NOT NULL REFERENCES strategies (id),
    role TEXT NOT NULL CHECK (role IN ('in_sample', 'out_of_sample')),
    rank INTEGER NOT NULL CHECK (rank >= 1),
    sharpe REAL,
    net_profit REAL NOT NULL,
    max_drawdown REAL NOT NULL,
    n_trades INTEGER NOT NULL CHECK (n_trades >= 0),
    metrics TEXT NOT NULL,
    PRIMARY KEY (run_id, rank, role),
    UNIQUE (strategy_id, run_id, role)
) STRICT;

CREATE INDEX results_by_sharpe ON results (role, sharpe DESC, strategy_id, run_id);
CREATE INDEX results_by_net_profit ON results (role, net_profit DESC, strategy_id, run_id);
CREATE INDEX results_by_max_drawdown ON results (role, max_drawdown, strategy_id, run_id);
CREATE INDEX results_by_n_trades ON results (role, n_trades DESC, strategy_id, run_id);

CREATE TABLE patterns (
    name TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    definition TEXT NOT NULL,
    source TEXT NOT NULL
) STRICT;

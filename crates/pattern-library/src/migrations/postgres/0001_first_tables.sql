CREATE TABLE migrations (
    version BIGINT PRIMARY KEY,
    name TEXT NOT NULL
);

CREATE TABLE runs (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    recorded_at_ns BIGINT,
    manifest TEXT NOT NULL
);

CREATE TABLE strategies (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL,
    strategy TEXT NOT NULL,
    params TEXT NOT NULL
);

CREATE TABLE results (
    run_id TEXT COLLATE "C" NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    strategy_id TEXT COLLATE "C" NOT NULL REFERENCES strategies (id),
    role TEXT COLLATE "C" NOT NULL CHECK (role IN ('in_sample', 'out_of_sample')),
    rank BIGINT NOT NULL CHECK (rank >= 1),
    sharpe DOUBLE PRECISION,
    net_profit DOUBLE PRECISION NOT NULL,
    max_drawdown DOUBLE PRECISION NOT NULL,
    n_trades BIGINT NOT NULL CHECK (n_trades >= 0),
    metrics TEXT NOT NULL,
    PRIMARY KEY (run_id, rank, role),
    UNIQUE (strategy_id, run_id, role)
);

CREATE INDEX results_by_sharpe ON results (role, sharpe DESC NULLS LAST, strategy_id, run_id);
CREATE INDEX results_by_net_profit ON results (role, net_profit DESC, strategy_id, run_id);
CREATE INDEX results_by_max_drawdown ON results (role, max_drawdown, strategy_id, run_id);
CREATE INDEX results_by_n_trades ON results (role, n_trades DESC, strategy_id, run_id);

CREATE TABLE patterns (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    kind TEXT COLLATE "C" NOT NULL,
    definition TEXT NOT NULL,
    source TEXT NOT NULL
);

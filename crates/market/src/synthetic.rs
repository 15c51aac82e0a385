//! A seeded artificial market.
//!
//! Made for tests, samples and honesty checks: without a planted edge no rule can be profitable but by chance; with
//! one it is known how much there is to find.
//!
//! The mid price is the exponential of a driftless random walk, made a martingale by the usual −½σ² in each step,
//! rounded to the instrument's grid. On top of it come
//! - **sessions**: quotes and variance follow a profile of 24 UTC hours; nothing is quoted while the calendar says
//!   closed, and the closed time counts as one average hour of variance;
//! - **volatility clustering**: the logarithm of volatility is a stationary AR(1) process, renewed each minute;
//! - **jumps**: normal, at random times, compensated as the walk is;
//! - **spreads**: log-normal, widening with volatility and outside of busy hours, at least one grid step;
//! - **arrivals**: a Poisson process whose rate follows sessions and volatility.
//!
//! All of this is drawn independently of the walk's signs, so it tells nothing about the next return. Equal
//! configuration and seed give equal bits on every platform. Each process has its own random stream: with the same seed,
//! a market with an edge has the quote times, spreads and walk of the one without.
//!
//! ```
//! use market::synthetic::{SyntheticConfig, generate};
//!
//! let config = SyntheticConfig::eurusd("2024-01-01".parse()?, 1);
//! let ticks = generate(&config, 7)?;
//! assert_eq!(ticks, generate(&config, 7)?);
//! assert_ne!(ticks, generate(&config, 8)?);
//! # Ok::<(), market::Error>(())
//! ```
//!
//! Source of the model's parts: R. Cont, *Empirical properties of asset returns: stylized facts and statistical issues*,
//! Quantitative Finance 1 (2001); S. J. Taylor, *Modelling Financial Time Series* (1986), for log-AR(1) volatility; R. C.
//! Merton, *Option pricing when underlying stock returns are discontinuous* (1976), for compensated jumps.

mod config;
mod edge;
mod noise;
mod walk;

pub use self::config::SyntheticConfig;
pub use self::edge::PlantedEdge;
pub use self::walk::generate;

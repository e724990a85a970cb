//! Several candidates in turns, within one process.
#![forbid(unsafe_code)]

use std::time::{Duration, Instant};

/// How many turns each candidate has, after one that is not counted.
pub const ROUNDS: usize = 151;

/// Nanoseconds that one operation of a candidate took.
#[derive(Clone, Debug)]
pub struct Times {
    /// What was measured.
    pub name: &'static str,
    /// In the shortest turn.
    pub shortest: f64,
    /// In the turn that a quarter of the others were not slower than.
    pub quartile: f64,
}

/// Something to measure: does some operations, and says how many.
pub type Candidate<'c> = (&'static str, &'c mut dyn FnMut() -> u32);

/// Something to measure that gets ready before each turn: does some operations, and says how many
/// and how long they took.
pub type Timed<'c> = (&'static str, &'c mut dyn FnMut() -> (u32, Duration));

/// Lets the candidates run in turns.
#[must_use]
pub fn run(candidates: &mut [Candidate<'_>]) -> Vec<Times> {
    run_for(ROUNDS, candidates)
}

/// Lets the candidates run in so many turns, after one that is not counted. Where others take the
/// processor away again and again, many short turns find moments when they do not.
#[must_use]
pub fn run_for(rounds: usize, candidates: &mut [Candidate<'_>]) -> Vec<Times> {
    let timed = candidates.iter_mut().map(|(name, candidate)| {
        let timed = || {
            let start = Instant::now();
            let operations = candidate();
            (operations, start.elapsed())
        };
        (*name, timed)
    });
    let mut timed: Vec<_> = timed.collect();
    let mut timed: Vec<Timed<'_>> = timed.iter_mut().map(|(name, it)| (*name, it as _)).collect();
    run_timed(rounds, &mut timed)
}

/// As [`run_for`], for candidates that get ready before each turn.
#[must_use]
pub fn run_timed(rounds: usize, candidates: &mut [Timed<'_>]) -> Vec<Times> {
    let mut all: Vec<Vec<f64>> = candidates.iter().map(|_| Vec::new()).collect();
    for round in 0..=rounds {
        for ((_, candidate), times) in candidates.iter_mut().zip(&mut all) {
            let (operations, took) = candidate();
            if round > 0 {
                times.push(took.as_secs_f64() * 1e9 / f64::from(operations.max(1)));
            }
        }
    }
    candidates
        .iter()
        .zip(&mut all)
        .map(|((name, _), times)| {
            times.sort_by(f64::total_cmp);
            Times { name, shortest: times[0], quartile: times[times.len() / 4] }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    // Every candidate has its turns, and the one that does more in a turn is not slower for it.
    #[test]
    fn candidates_take_turns() {
        let mut order = Vec::new();
        let shared = std::cell::RefCell::new(&mut order);
        let mut one = || {
            shared.borrow_mut().push(1);
            1
        };
        let mut two = || {
            shared.borrow_mut().push(2);
            10
        };
        let times = run(&mut [("one", &mut one), ("two", &mut two)]);
        assert_eq!(times.len(), 2);
        assert!(times.iter().all(|times| times.shortest <= times.quartile));
        assert_eq!(order.len(), 2 * (ROUNDS + 1));
        assert!(order.chunks(2).all(|turn| turn == [1, 2]));
    }
}

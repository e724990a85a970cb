//! Wrappers that implement the trait of what they wrap: nobody else has to know.
//!
//! | type | wraps | and |
//! |---|---|---|
//! | [`Traced`] | a register space | tells a [`Sink`] about every access |
//! | [`Faulty`] | a register space | lets a [`Plan`] forge loads and swallow stores |
//! | [`Observed`] | a channel | counts, and times the segments |
//! | [`SpinFirst`] | a signal | polls for a while before it sleeps |

mod faulty;
mod observed;
mod spin_first;
mod traced;
mod word;

pub use faulty::{Faulty, Plan, VanishAfter};
pub use observed::{Clock, Histogram, Observed, Statistics};
pub use spin_first::SpinFirst;
pub use traced::{Event, Recorder, Sink, Traced};
pub use word::Word;

//! Clause 3: after `reset` a processor cannot be told from a fresh one, and parameters set before the first frame act at
//! once.

use runout_dsp_core::processor::Processor;
use runout_tests::random::Random;

use super::stream::{self, Cut};
use super::{Case, Entry, MAX_BLOCK, Outcome, prepare, seed};

/// Asks after a stream with other parameters, for `reset` and for `prepare`.
pub fn ask<P: Processor>(entry: &Entry<P>) -> Outcome {
    let seed = seed();
    let mut random = Random::new(seed);
    for case in entry.cases() {
        let variations = entry.variations(&mut random);
        for number in 0..variations.len() {
            let question = Question {
                case,
                before: &variations[(number + 1) % variations.len()],
                params: &variations[number],
                past: stream::stimulus(random.bits(), case, entry.frames(case) / 2, 12.0),
                input: stream::stimulus(random.bits(), case, entry.frames(case) / 2, 12.0),
            };
            question.ask(entry).map_err(|error| format!("{case}, variation {number}, seed {seed}: {error}"))?;
        }
    }
    Ok(())
}

struct Question<'a, Params> {
    case: Case,
    /// Parameters of the past.
    before: &'a Params,
    params: &'a Params,
    past: Vec<Vec<f32>>,
    input: Vec<Vec<f32>>,
}

/// A way to come to a processor that should be as a fresh one.
type Way<Question, P> = fn(&Question, &Entry<P>) -> P;

const CUT: Cut = Cut::Every(256);

impl<Params: Clone + PartialEq> Question<'_, Params> {
    fn ask<P: Processor<Params = Params>>(&self, entry: &Entry<P>) -> Outcome {
        let fresh = self.answer(entry, &mut self.fresh(entry));
        let ways: [(&str, Way<Self, P>); 6] = [
            ("after reset", Self::reset),
            ("after reset, with parameters set later", Self::reset_then_set),
            ("after prepare", Self::prepared_again),
            ("after reset without a past", Self::reset_without_past),
            ("with other parameters first", Self::set_twice),
            ("with other parameters and an empty block first", Self::set_around_empty_block),
        ];
        for (way, processor) in ways {
            let answer = self.answer(entry, &mut processor(self, entry));
            stream::same((&fresh.0, &fresh.1), (&answer.0, &answer.1), || format!("{way}, not as fresh"))?;
        }
        self.at_once(entry, &fresh.0)
    }

    /// What acts at once acts now as it does long after: silence first changes nothing but the time.
    fn at_once<P: Processor<Params = Params>>(&self, entry: &Entry<P>, fresh: &[Vec<f32>]) -> Outcome {
        if !(entry.time_invariant)(self.params) {
            return Ok(());
        }
        let mut processor = self.fresh(entry);
        // Half a second is longer than any smoothing, and a multiple of every grid.
        let pause = (0.5 * self.case.rate_hz) as usize / 4096 * 4096;
        stream::play(&mut processor, &stream::silence(self.case, pause), &CUT, &[]);
        let later = stream::play(&mut processor, &self.input, &CUT, &[]);
        stream::same((fresh, ()), (&later, ()), || {
            "parameters set before the first frame do not act at once".to_owned()
        })
    }

    fn answer<P: Processor>(&self, entry: &Entry<P>, processor: &mut P) -> (Vec<Vec<f32>>, (usize, String)) {
        let output = stream::play(processor, &self.input, &CUT, &[]);
        (output, (processor.latency(), (entry.observed)(processor)))
    }

    fn fresh<P: Processor<Params = Params>>(&self, entry: &Entry<P>) -> P {
        entry.ready(self.params, self.case, MAX_BLOCK)
    }

    /// A processor with a past of other parameters, and these in motion at its end.
    fn used<P: Processor<Params = Params>>(&self, entry: &Entry<P>) -> P {
        let mut processor = entry.ready(self.before, self.case, MAX_BLOCK);
        let turn = self.past[0].len() - 5;
        stream::play(&mut processor, &self.past, &CUT, &[(turn, self.params.clone())]);
        processor
    }

    fn reset<P: Processor<Params = Params>>(&self, entry: &Entry<P>) -> P {
        let mut processor = self.used(entry);
        processor.reset();
        processor
    }

    fn reset_then_set<P: Processor<Params = Params>>(&self, entry: &Entry<P>) -> P {
        let mut processor = entry.ready(self.before, self.case, MAX_BLOCK);
        stream::play(&mut processor, &self.past, &CUT, &[]);
        processor.reset();
        processor.set_params(self.params);
        processor
    }

    fn prepared_again<P: Processor<Params = Params>>(&self, entry: &Entry<P>) -> P {
        let mut processor = self.used(entry);
        let other = Case { rate_hz: entry.rates_hz[0], channels: entry.channels[0] };
        prepare(&mut processor, self.before, other, 64);
        stream::play(&mut processor, &self.past[..other.channels], &Cut::Every(64), &[]);
        prepare(&mut processor, self.params, self.case, MAX_BLOCK);
        processor
    }

    fn reset_without_past<P: Processor<Params = Params>>(&self, entry: &Entry<P>) -> P {
        let mut processor = self.fresh(entry);
        processor.reset();
        processor
    }

    fn set_twice<P: Processor<Params = Params>>(&self, entry: &Entry<P>) -> P {
        let mut processor = entry.ready(self.before, self.case, MAX_BLOCK);
        processor.set_params(self.params);
        processor
    }

    fn set_around_empty_block<P: Processor<Params = Params>>(&self, entry: &Entry<P>) -> P {
        let mut processor = entry.ready(self.before, self.case, MAX_BLOCK);
        stream::process(&mut processor, &mut self.input.clone(), 0, 0);
        processor.set_params(self.params);
        processor
    }
}

//! A state as it is written: the terms of work once, with a number for each.

use std::borrow::Cow;
use std::collections::VecDeque;

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;
use serde::de::Error as _;
use serde::ser::SerializeSeq;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::shelf::{Number, Shelf};
use super::state::{Agent, FORMAT, Item, Pending, PresenceRecord, State, Stream, Terms, Work};
use crate::plan::Time;
use crate::runtime::contract::{Name, RoutingOptions};
use crate::runtime::numbers::{ItemNo, PendingNo, PresenceNo, WorkNo};

/// What is routed on terms.
trait OnTerms {
    /// The terms; none: it was never routed.
    fn terms(&self) -> Option<&Terms>;

    /// Sets them, when it is read; false if it must have some and has none.
    fn set_terms(&mut self, terms: Option<Terms>) -> bool;
}

impl OnTerms for Item {
    fn terms(&self) -> Option<&Terms> {
        self.last.as_ref()
    }

    fn set_terms(&mut self, terms: Option<Terms>) -> bool {
        self.last = terms;
        true
    }
}

impl OnTerms for Pending {
    fn terms(&self) -> Option<&Terms> {
        Some(&self.terms)
    }

    fn set_terms(&mut self, terms: Option<Terms>) -> bool {
        self.terms = terms.unwrap_or_default();
        terms.is_some()
    }
}

impl OnTerms for Work {
    fn terms(&self) -> Option<&Terms> {
        Some(&self.terms)
    }

    fn set_terms(&mut self, terms: Option<Terms>) -> bool {
        self.terms = terms.unwrap_or_default();
        terms.is_some()
    }
}

type AllTerms<'s> = IndexSet<&'s Terms, FxBuildHasher>;

/// A shelf as it is written: `[number, terms, row]` for each row.
struct WithTerms<'s, N, T> {
    shelf: &'s Shelf<N, T>,
    terms: &'s AllTerms<'s>,
}

impl<N: Number, T: OnTerms + Serialize> Serialize for WithTerms<'_, N, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let next: u64 = self.shelf.next().into();
        SavedRows { next, rows: Rows(self) }.serialize(serializer)
    }
}

#[derive(Serialize, Deserialize)]
struct SavedRows<R> {
    next: u64,
    rows: R,
}

/// The rows of a shelf, one after another.
struct Rows<'w, 's, N, T>(&'w WithTerms<'s, N, T>);

impl<N: Number, T: OnTerms + Serialize> Serialize for Rows<'_, '_, N, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let WithTerms { shelf, terms } = self.0;
        let mut rows = serializer.serialize_seq(None)?;
        for (number, row) in shelf.iter() {
            let number: u64 = number.into();
            let place = row.terms().and_then(|of| terms.get_index_of(of));
            rows.serialize_element(&(number, place, row))?;
        }
        rows.end()
    }
}

/// A shelf as it is read.
type ReadRows<T> = SavedRows<Vec<(u64, Option<usize>, T)>>;

fn shelf<N: Number, T: OnTerms, E: serde::de::Error>(read: ReadRows<T>, terms: &[Terms]) -> Result<Shelf<N, T>, E> {
    let rows = read.rows.into_iter().map(|(number, place, mut row)| {
        let of = place.and_then(|place| terms.get(place).copied());
        let is_whole = row.set_terms(of) && of.is_some() == place.is_some();
        if is_whole { Ok((number, row)) } else { Err(E::custom("terms are missing")) }
    });
    Shelf::read(read.next, rows.collect::<Result<Vec<_>, E>>()?)
}

/// All of a state. Its fields are written in this order.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Saved<'s, I, P, W> {
    #[serde(deserialize_with = "this_format")]
    format: u32,
    plan: Cow<'s, str>,
    options: Cow<'s, RoutingOptions>,
    now: Time,
    skills: Cow<'s, [Name]>,
    agents: Cow<'s, [Agent]>,
    terms: Vec<Cow<'s, Terms>>,
    items: I,
    pendings: P,
    works: W,
    presences: Cow<'s, Shelf<PresenceNo, PresenceRecord>>,
    next_session: u64,
    routed: Cow<'s, VecDeque<Time>>,
    stream: Cow<'s, Stream>,
}

/// Reads the format, which comes first: what follows can be read in this one alone.
fn this_format<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    let format = u32::deserialize(deserializer)?;
    if format == FORMAT {
        return Ok(format);
    }
    let why = if format < 3 { ", in which quantities are decimals" } else { "" };
    Err(D::Error::custom(format_args!("it has format {format}, and this program reads format {FORMAT}{why}")))
}

impl Serialize for State {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let items = self.items.iter().filter_map(|(_, row)| row.terms());
        let pendings = self.pendings.iter().filter_map(|(_, row)| row.terms());
        let works = self.works.iter().filter_map(|(_, row)| row.terms());
        let terms: AllTerms<'_> = items.chain(pendings).chain(works).collect();
        let saved = Saved {
            format: self.format,
            plan: Cow::Borrowed(&self.plan),
            options: Cow::Borrowed(&self.options),
            now: self.now,
            skills: Cow::Borrowed(&self.skills),
            agents: Cow::Borrowed(&self.agents),
            terms: terms.iter().map(|of| Cow::Borrowed(*of)).collect(),
            items: WithTerms::<ItemNo, _> { shelf: &self.items, terms: &terms },
            pendings: WithTerms::<PendingNo, _> { shelf: &self.pendings, terms: &terms },
            works: WithTerms::<WorkNo, _> { shelf: &self.works, terms: &terms },
            presences: Cow::Borrowed(&self.presences),
            next_session: self.next_session,
            routed: Cow::Borrowed(&self.routed),
            stream: Cow::Borrowed(&self.stream),
        };
        saved.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for State {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let saved = Saved::<'_, ReadRows<Item>, ReadRows<Pending>, ReadRows<Work>>::deserialize(deserializer)?;
        let terms: Vec<Terms> = saved.terms.into_iter().map(Cow::into_owned).collect();
        Ok(Self {
            format: saved.format,
            plan: saved.plan.into_owned(),
            options: saved.options.into_owned(),
            now: saved.now,
            skills: saved.skills.into_owned(),
            agents: saved.agents.into_owned(),
            items: shelf(saved.items, &terms)?,
            pendings: shelf(saved.pendings, &terms)?,
            works: shelf(saved.works, &terms)?,
            presences: saved.presences.into_owned(),
            next_session: saved.next_session,
            routed: saved.routed.into_owned(),
            stream: saved.stream.into_owned(),
        })
    }
}

//! Records by their numbers, which are counted up.

use std::collections::VecDeque;
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// What records are numbered by.
pub(in crate::runtime) trait Number: Copy + PartialEq + From<u64> + Into<u64> {}

impl<N: Copy + PartialEq + From<u64> + Into<u64>> Number for N {}

/// Records that are numbered one after another. Finding one costs the same however many there are; those that are removed
/// leave a place for the next, so that few records stay close together however long they are counted.
#[derive(Clone, Debug)]
pub(in crate::runtime) struct Shelf<N, T> {
    /// The first number that is looked up.
    first: u64,
    /// What the numbers are of.
    numbers: PhantomData<N>,
    /// The place of each number.
    places: VecDeque<u32>,
    /// Each full but for the last: rows stay where they are, however many come.
    rows: Vec<Vec<Option<T>>>,
    free: Vec<u32>,
}

/// How many rows lie side by side.
const TOGETHER: usize = 1_024;

/// The place of a record that was removed.
const GONE: u32 = u32::MAX;

impl<N: Number, T: PartialEq> PartialEq for Shelf<N, T> {
    fn eq(&self, other: &Self) -> bool {
        self.next() == other.next() && self.iter().eq(other.iter())
    }
}

impl<N: Number, T> Shelf<N, T> {
    pub(in crate::runtime) fn from_number(first: u64) -> Self {
        Self { first, numbers: PhantomData, places: VecDeque::new(), rows: Vec::new(), free: Vec::new() }
    }

    /// The number that the next record gets.
    pub(in crate::runtime) fn next(&self) -> N {
        N::from(self.first + self.places.len() as u64)
    }

    #[inline]
    pub(in crate::runtime) fn add(&mut self, row: T) -> N {
        let number = self.next();
        let place = if let Some(place) = self.free.pop() {
            self.rows[place as usize / TOGETHER][place as usize % TOGETHER] = Some(row);
            place
        } else {
            self.add_last(row)
        };
        self.places.push_back(place);
        number
    }

    fn add_last(&mut self, row: T) -> u32 {
        if self.rows.last().is_none_or(|last| last.len() == TOGETHER) {
            // The first few need not have room for many.
            self.rows.push(if self.rows.is_empty() { Vec::new() } else { Vec::with_capacity(TOGETHER) });
        }
        let full = self.rows.len().saturating_sub(1) * TOGETHER;
        let last = self.rows.last_mut().map_or(0, |last| {
            last.push(Some(row));
            last.len() - 1
        });
        (full + last) as u32
    }

    fn row(&self, place: usize) -> Option<&T> {
        self.rows.get(place / TOGETHER)?.get(place % TOGETHER)?.as_ref()
    }

    #[inline]
    fn place(&self, number: N) -> Option<usize> {
        let behind = usize::try_from(number.into().checked_sub(self.first)?).ok()?;
        self.places.get(behind).filter(|&&place| place != GONE).map(|&place| place as usize)
    }

    #[inline]
    pub(in crate::runtime) fn get(&self, number: N) -> Option<&T> {
        self.row(self.place(number)?)
    }

    #[inline]
    pub(in crate::runtime) fn get_mut(&mut self, number: N) -> Option<&mut T> {
        let place = self.place(number)?;
        self.rows.get_mut(place / TOGETHER)?.get_mut(place % TOGETHER)?.as_mut()
    }

    /// Drops a record.
    pub(in crate::runtime) fn remove(&mut self, number: N) {
        let Some(place) = self.place(number) else { return };
        let rows = self.rows.get_mut(place / TOGETHER);
        let Some(row) = rows.and_then(|rows| rows.get_mut(place % TOGETHER)) else { return };
        *row = None;
        self.free.push(place as u32);
        let behind = usize::try_from(number.into() - self.first).unwrap_or_default();
        if let Some(gone) = self.places.get_mut(behind) {
            *gone = GONE;
        }
        while self.places.front() == Some(&GONE) {
            self.places.pop_front();
            self.first += 1;
        }
    }

    /// Counts a number that nothing has.
    fn skip(&mut self) {
        self.places.push_back(GONE);
    }

    /// How many records there are.
    pub(in crate::runtime) fn len(&self) -> usize {
        self.rows.iter().map(Vec::len).sum::<usize>() - self.free.len()
    }

    /// All records with their numbers, in their order.
    pub(in crate::runtime) fn iter(&self) -> impl Iterator<Item = (N, &T)> {
        let placed = (self.first..).zip(&self.places);
        placed.filter_map(|(number, &place)| Some((N::from(number), self.row(place as usize)?)))
    }
}

/// A shelf as it is written.
#[derive(Serialize, Deserialize)]
struct SavedShelf<R> {
    next: u64,
    rows: Vec<(u64, R)>,
}

impl<N: Number, T: Serialize> Serialize for Shelf<N, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rows = self.iter().map(|(number, row)| (number.into(), row)).collect();
        SavedShelf { next: self.next().into(), rows }.serialize(serializer)
    }
}

impl<'de, N: Number, T: Deserialize<'de>> Deserialize<'de> for Shelf<N, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let SavedShelf { next, rows } = SavedShelf::<T>::deserialize(deserializer)?;
        Self::read(next, rows)
    }
}

impl<N: Number, T> Shelf<N, T> {
    /// A shelf of rows with their numbers, which must be in order.
    pub(in crate::runtime) fn read<E: de::Error>(next: u64, rows: Vec<(u64, T)>) -> Result<Self, E> {
        if next > 1 << 60 {
            return Err(E::custom("a number is too large"));
        }
        let mut shelf = Self::from_number(rows.first().map_or(next, |(first, _)| *first));
        for (number, row) in rows {
            // A broken file must not make rows without end.
            if number < shelf.next().into() || number >= next || number - shelf.next().into() > 100_000_000 {
                return Err(E::custom("records are not in the order of their numbers"));
            }
            while shelf.next().into() < number {
                shelf.skip();
            }
            shelf.add(row);
        }
        if next - shelf.next().into() > 100_000_000 {
            return Err(E::custom("records are not in the order of their numbers"));
        }
        if shelf.places.is_empty() {
            shelf.first = next;
        }
        while shelf.next().into() < next {
            shelf.skip();
        }
        Ok(shelf)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_however_many_there_are() {
        let mut shelf = Shelf::<u64, u64>::from_number(1);
        let most = 3 * TOGETHER as u64 + 7;
        (1..=most).for_each(|number| assert_eq!(shelf.add(number * 2), number));
        (1..=most).filter(|number| number % 3 == 0).for_each(|number| shelf.remove(number));
        assert_eq!((shelf.len() as u64, shelf.add(0)), (most - most / 3, most + 1));
        for number in 1..=most {
            assert_eq!(shelf.get(number).copied(), Some(number * 2).filter(|_| number % 3 != 0));
        }
    }

    #[test]
    fn numbers_go_on() {
        let mut shelf = Shelf::<u64, char>::from_number(5);
        assert_eq!([shelf.add('a'), shelf.add('b'), shelf.add('c'), shelf.add('d')], [5, 6, 7, 8]);
        for number in [5, 7, 8, 5] {
            shelf.remove(number);
        }
        assert_eq!((shelf.get(5), shelf.get(6), shelf.get(7), shelf.get(99)), (None, Some(&'b'), None, None));
        let text = serde_json::to_string(&shelf).unwrap_or_default();
        assert_eq!(text, r#"{"next":9,"rows":[[6,"b"]]}"#);
        let mut read: Shelf<u64, char> = serde_json::from_str(&text).unwrap_or(Shelf::from_number(0));
        assert_eq!(serde_json::to_string(&read).unwrap_or_default(), text);
        assert_eq!(read.add('e'), 9);
        assert!(serde_json::from_str::<Shelf<u64, char>>(r#"{"next":3,"rows":[[2,"a"],[1,"b"]]}"#).is_err());
        assert!(serde_json::from_str::<Shelf<u64, char>>(r#"{"next":1,"rows":[[2,"a"]]}"#).is_err());
    }
}

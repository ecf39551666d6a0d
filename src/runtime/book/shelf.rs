//! Records by their numbers, which are counted up.

use std::collections::VecDeque;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Records that are numbered one after another. Finding one costs the same however many there are; those that are removed
/// leave a place for the next, so that few records stay close together however long they are counted.
#[derive(Clone, Debug)]
pub(in crate::runtime) struct Shelf<T> {
    /// The first number that is looked up.
    first: u64,
    /// The place of each number.
    places: VecDeque<u32>,
    rows: Vec<Option<T>>,
    free: Vec<u32>,
}

/// The place of a record that was removed.
const GONE: u32 = u32::MAX;

impl<T: PartialEq> PartialEq for Shelf<T> {
    fn eq(&self, other: &Self) -> bool {
        self.next() == other.next() && self.iter().eq(other.iter())
    }
}

impl<T> Shelf<T> {
    pub(in crate::runtime) fn from_number(first: u64) -> Self {
        Self { first, places: VecDeque::new(), rows: Vec::new(), free: Vec::new() }
    }

    /// The number that the next record gets.
    pub(in crate::runtime) fn next(&self) -> u64 {
        self.first + self.places.len() as u64
    }

    #[inline]
    pub(in crate::runtime) fn add(&mut self, row: T) -> u64 {
        let number = self.next();
        let place = if let Some(place) = self.free.pop() {
            self.rows[place as usize] = Some(row);
            place
        } else {
            self.rows.push(Some(row));
            (self.rows.len() - 1) as u32
        };
        self.places.push_back(place);
        number
    }

    #[inline]
    fn place(&self, number: u64) -> Option<usize> {
        let behind = usize::try_from(number.checked_sub(self.first)?).ok()?;
        self.places.get(behind).filter(|&&place| place != GONE).map(|&place| place as usize)
    }

    #[inline]
    pub(in crate::runtime) fn get(&self, number: u64) -> Option<&T> {
        self.rows.get(self.place(number)?)?.as_ref()
    }

    #[inline]
    pub(in crate::runtime) fn get_mut(&mut self, number: u64) -> Option<&mut T> {
        let place = self.place(number)?;
        self.rows.get_mut(place)?.as_mut()
    }

    /// Drops a record.
    pub(in crate::runtime) fn remove(&mut self, number: u64) {
        let Some(place) = self.place(number) else { return };
        let Some(row) = self.rows.get_mut(place) else { return };
        *row = None;
        self.free.push(place as u32);
        let behind = usize::try_from(number - self.first).unwrap_or_default();
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
        self.rows.len() - self.free.len()
    }

    /// All records with their numbers, in their order.
    pub(in crate::runtime) fn iter(&self) -> impl Iterator<Item = (u64, &T)> {
        let placed = (self.first..).zip(&self.places);
        placed.filter_map(|(number, &place)| Some((number, self.rows.get(place as usize)?.as_ref()?)))
    }
}

/// A shelf as it is written.
#[derive(Serialize, Deserialize)]
struct SavedShelf<R> {
    next: u64,
    rows: Vec<(u64, R)>,
}

impl<T: Serialize> Serialize for Shelf<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        SavedShelf { next: self.next(), rows: self.iter().collect() }.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Shelf<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let SavedShelf { next, rows } = SavedShelf::<T>::deserialize(deserializer)?;
        if next > 1 << 60 {
            return Err(de::Error::custom("a number is too large"));
        }
        let mut shelf = Self::from_number(rows.first().map_or(next, |(first, _)| *first));
        for (number, row) in rows {
            // A broken file must not make rows without end.
            if number < shelf.next() || number >= next || number - shelf.next() > 100_000_000 {
                return Err(de::Error::custom("records are not in the order of their numbers"));
            }
            while shelf.next() < number {
                shelf.skip();
            }
            shelf.add(row);
        }
        if next - shelf.next() > 100_000_000 {
            return Err(de::Error::custom("records are not in the order of their numbers"));
        }
        if shelf.places.is_empty() {
            shelf.first = next;
        }
        while shelf.next() < next {
            shelf.skip();
        }
        Ok(shelf)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_go_on() {
        let mut shelf = Shelf::from_number(5);
        assert_eq!([shelf.add('a'), shelf.add('b'), shelf.add('c'), shelf.add('d')], [5, 6, 7, 8]);
        for number in [5, 7, 8, 5] {
            shelf.remove(number);
        }
        assert_eq!((shelf.get(5), shelf.get(6), shelf.get(7), shelf.get(99)), (None, Some(&'b'), None, None));
        let text = serde_json::to_string(&shelf).unwrap_or_default();
        assert_eq!(text, r#"{"next":9,"rows":[[6,"b"]]}"#);
        let mut read: Shelf<char> = serde_json::from_str(&text).unwrap_or(Shelf::from_number(0));
        assert_eq!(serde_json::to_string(&read).unwrap_or_default(), text);
        assert_eq!(read.add('e'), 9);
        assert!(serde_json::from_str::<Shelf<char>>(r#"{"next":3,"rows":[[2,"a"],[1,"b"]]}"#).is_err());
        assert!(serde_json::from_str::<Shelf<char>>(r#"{"next":1,"rows":[[2,"a"]]}"#).is_err());
    }
}

//! JSON, as `sf data query --json`, `sf data export tree` and `sf data export bulk` write it.
//!
//! A file is read in two steps: serde finds where each record begins and ends, and then each record is read by itself.
//! So one that is damaged costs itself alone, and those before a place where the JSON ends too early are kept.

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::Object;
use super::problem::{Problems, Trouble};
use super::rows::{Cell, Content, Row};
use crate::source::{FileId, Location, Span};
use crate::text::without_place;

/// As deep as SOQL nests records and parents.
const MOST_DEPTH: usize = 5;

pub(super) fn read(text: &str, file: FileId, object: Option<Object>) -> Content {
    let mut content = Content::default();
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut envelope = Envelope::default();
    let mut json = serde_json::Deserializer::from_str(body);
    let error = json.deserialize_any(Top(&mut envelope)).and_then(|()| json.end()).err();
    let at = |offset: usize| Location::new(file, Span::at((text.len() - body.len() + offset) as u32));
    if let Some(error) = &error {
        content.is_cut = true;
        let trouble = if error.is_eof() { Trouble::CutOff } else { Trouble::NotJson(words(error)) };
        content.problems.add(at(offset_of(body, error)), trouble);
    }
    let mut reader = Reader { text, file, object, rows: Vec::new(), problems: Problems::default(), is_cut: false };
    for record in &envelope.records {
        reader.record(record, None, MOST_DEPTH);
    }
    let Reader { rows, problems, is_cut, .. } = reader;
    content.is_cut |= is_cut;
    content.problems.append(problems);
    let held = envelope.records.len();
    match (envelope.found, envelope.message) {
        (false, Some(message)) => content.problems.add(at(0), Trouble::Failed(message)),
        (false, None) if error.is_none() => content.problems.add(at(0), Trouble::NoRecords),
        _ => {}
    }
    content.is_cut |= !envelope.found;
    let total = envelope.total.filter(|&total| total != held as u64 && error.is_none());
    if let Some(total) = total {
        content.is_cut = true;
        content.problems.add(at(0), Trouble::Partial { held, total });
    }
    if let Some(object) = object.filter(|_| rows.is_empty() && held == 0 && envelope.found) {
        content.see(object, u32::MAX, at(0));
    }
    content.extend(rows);
    content
}

/// What stands around the records.
#[derive(Default)]
struct Envelope<'t> {
    records: Vec<&'t RawValue>,
    /// True if there is a list of records, though it may be empty.
    found: bool,
    total: Option<u64>,
    message: Option<String>,
}

/// The whole file: records, or something around them.
struct Top<'e, 't>(&'e mut Envelope<'t>);

impl<'de> DeserializeSeed<'de> for Top<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Top<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("records")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "records" | "result" => map.next_value_seed(Top(self.0))?,
                "totalSize" => self.0.total = map.next_value::<&RawValue>()?.get().parse().ok(),
                "message" => self.0.message = serde_json::from_str(map.next_value::<&RawValue>()?.get()).ok(),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        self.0.found = true;
        while let Some(record) = list.next_element()? {
            self.0.records.push(record);
        }
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }
}

/// The members of an object, in their order.
struct Members<'t>(Vec<(String, &'t RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}

/// What a record says of itself.
#[derive(Default, Deserialize)]
struct Attributes {
    #[serde(rename = "type", default)]
    kind: Option<String>,
    #[serde(default)]
    url: Option<String>,
    #[serde(rename = "referenceId", default)]
    reference: Option<String>,
}

struct Reader<'t> {
    text: &'t str,
    file: FileId,
    /// What the file's name says.
    object: Option<Object>,
    rows: Vec<Row>,
    problems: Problems,
    is_cut: bool,
}

impl<'t> Reader<'t> {
    fn place(&self, raw: &RawValue) -> Location {
        let start = raw.get().as_ptr() as usize - self.text.as_ptr() as usize;
        Location::new(self.file, Span::new(start as u32, (start + raw.get().len()) as u32))
    }

    /// Where a record begins: its first line, for a record can have many.
    fn head(&self, raw: &RawValue) -> Location {
        let mut place = self.place(raw);
        let length = raw.get().find(['\r', '\n']).unwrap_or(raw.get().len());
        place.span.end = place.span.start + length as u32;
        place
    }

    fn record(&mut self, raw: &'t RawValue, parent: Option<(Object, &str, Span)>, depth: usize) {
        let place = self.head(raw);
        let Some(members) = Some(raw).filter(|raw| raw.get().starts_with('{') && depth > 0).and_then(members) else {
            self.is_cut = true;
            self.problems.add(place, Trouble::NoRecord);
            return;
        };
        let own = members.iter().find(|(name, _)| name == "attributes");
        let attributes: Attributes = own.and_then(|(_, raw)| serde_json::from_str(raw.get()).ok()).unwrap_or_default();
        let object = match &attributes.kind {
            Some(kind) => Object::named(kind).ok_or_else(|| Trouble::OtherObject(kind.clone())),
            None => self.object.ok_or(Trouble::UnknownObject),
        };
        let object = match object {
            Ok(object) => object,
            Err(trouble) => return self.problems.add(place, trouble),
        };
        let mut row = Row::new(object, place);
        let mut children = Vec::new();
        self.cells(&mut row, &members, "", depth, &mut children);
        if let Some((parent, id, span)) = parent
            && let Some(link) = object.link_to(parent)
            && row.cell(link).is_none()
            && let Some(column) = object.column(link)
        {
            row.set(column, Cell::Text(id.into()), span);
        }
        if row.cell("Id").is_none()
            && let Some(column) = object.column("Id")
            && let Some((_, id)) = attributes.url.as_deref().and_then(|url| url.rsplit_once('/'))
        {
            row.set(column, Cell::Text(id.into()), place.span);
        }
        row.reference = attributes.reference.map(Into::into);
        let id = match (row.text("Id"), &row.reference) {
            (Ok(Some(id)), _) => Some(id.to_owned()),
            (_, Some(reference)) => Some(format!("@{reference}")),
            _ => None,
        };
        self.rows.push(row);
        let parent = id.as_deref().map(|id| (object, id, place.span));
        for child in children {
            self.record(child, parent, depth - 1);
        }
    }

    /// Fills in the cells that the members below `prefix` hold, and gathers records nested in them.
    fn cells(
        &self,
        row: &mut Row,
        members: &[(String, &'t RawValue)],
        prefix: &str,
        depth: usize,
        children: &mut Vec<&'t RawValue>,
    ) {
        for &(ref name, raw) in members {
            let name = format!("{prefix}{name}");
            if raw.get().starts_with('{') && depth > 0 {
                let Some(below) = self::members(raw) else { continue };
                match below.iter().find(|(name, _)| name == "records") {
                    Some((_, records)) => children.extend(list(records)),
                    None => self.cells(row, &below, &format!("{name}."), depth - 1, children),
                }
                continue;
            }
            let cell = cell(raw);
            let span = self.place(raw).span;
            if let Some(column) = row.object.column(&name) {
                row.set(column, cell, span);
            } else if cell == Cell::Null {
                // A parent that is not there: neither are its fields.
                let below = format!("{name}.").to_lowercase();
                for (column, known) in row.object.columns().iter().enumerate() {
                    if known.to_lowercase().starts_with(&below) {
                        row.set(column, Cell::Null, span);
                    }
                }
            }
        }
    }
}

fn members(raw: &RawValue) -> Option<Vec<(String, &RawValue)>> {
    serde_json::from_str::<Members<'_>>(raw.get()).ok().map(|members| members.0)
}

fn list(raw: &RawValue) -> Vec<&RawValue> {
    serde_json::from_str(raw.get()).unwrap_or_default()
}

fn cell(raw: &RawValue) -> Cell {
    let text = raw.get();
    match text.as_bytes().first() {
        Some(b'"') => serde_json::from_str::<Box<str>>(text)
            .map_or(Cell::Other, |text| if text.is_empty() { Cell::Null } else { Cell::Text(text) }),
        Some(b'n') => Cell::Null,
        Some(b't') => Cell::Bool(true),
        Some(b'f') => Cell::Bool(false),
        Some(b'[' | b'{') | None => Cell::Other,
        Some(_) => text.parse().map_or(Cell::Other, Cell::Number),
    }
}

/// The parser's words, without the line and column.
fn words(error: &serde_json::Error) -> String {
    without_place(&error.to_string()).to_owned()
}

/// Where the parser stopped, as a byte offset.
fn offset_of(text: &str, error: &serde_json::Error) -> usize {
    let starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1));
    let start = starts.take(error.line()).last().unwrap_or_default();
    let mut at = (start + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

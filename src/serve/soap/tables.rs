//! Which calls and types there are.
//!
//! Source: SOAP API Developer Guide (calls, their arguments and results). Types have the members that are served.

use std::sync::LazyLock;

/// A member of a type, or an argument of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Member {
    /// Its name.
    pub name: &'static str,
    /// Its type: `string`, `boolean`, `int`, `double`, `dateTime`, `ID`, `sObject`, or one of the types here.
    pub kind: &'static str,
    /// There may be several.
    pub many: bool,
    /// It may be left out.
    pub optional: bool,
}

/// A type with its members, or a call with its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its members, in their order.
    pub members: Vec<Member>,
    /// Of a call: its result; none: it has none.
    pub result: Option<Member>,
}

/// The calls: name, arguments, result. `*` stands behind what there may be several of, `?` behind what may be left out.
const CALLS: &str = "
create: sObjects sObject* -> SaveResult*
update: sObjects sObject* -> SaveResult*
upsert: externalIDFieldName string, sObjects sObject* -> UpsertResult*
delete: ids ID* -> DeleteResult*
undelete: ids ID* -> UndeleteResult*
retrieve: fieldList string, sObjectType string, ids ID* -> sObject*
query: queryString string -> QueryResult
queryAll: queryString string -> QueryResult
queryMore: queryLocator string -> QueryResult
describeSObject: sObjectType string -> DescribeSObjectResult
describeSObjects: sObjectType string* -> DescribeSObjectResult*
describeGlobal: -> DescribeGlobalResult
getUpdated: sObjectType string, startDate dateTime, endDate dateTime -> GetUpdatedResult
getDeleted: sObjectType string, startDate dateTime, endDate dateTime -> GetDeletedResult
getUserInfo: -> GetUserInfoResult
getServerTimestamp: -> GetServerTimestampResult
login: username string, password string -> LoginResult
logout:
";

/// The types of results.
const TYPES: &str = "
Error: fields string*, message string, statusCode string
SaveResult: errors Error*, id ID?, success boolean
UpsertResult: created boolean, errors Error*, id ID?, success boolean
DeleteResult: errors Error*, id ID?, success boolean
UndeleteResult: errors Error*, id ID?, success boolean
QueryResult: done boolean, queryLocator string?, records sObject*, size int
GetUpdatedResult: ids ID*, latestDateCovered dateTime
DeletedRecord: deletedDate dateTime, id ID
GetDeletedResult: deletedRecords DeletedRecord*, earliestDateAvailable dateTime, latestDateCovered dateTime
GetServerTimestampResult: timestamp dateTime
GetUserInfoResult: organizationId ID, organizationName string, profileId ID?, sessionSecondsValid int, userEmail string, userFullName string, userId ID, userLanguage string, userLocale string, userName string, userTimeZone string, userType string
LoginResult: metadataServerUrl string?, passwordExpired boolean, sandbox boolean, serverUrl string?, sessionId string?, userId ID?, userInfo GetUserInfoResult?
DescribeGlobalSObjectResult: createable boolean, custom boolean, deletable boolean, keyPrefix string?, label string, labelPlural string, layoutable boolean, name string, queryable boolean, replicateable boolean, retrieveable boolean, searchable boolean, triggerable boolean, undeletable boolean, updateable boolean
DescribeGlobalResult: encoding string, maxBatchSize int, sobjects DescribeGlobalSObjectResult*
ChildRelationship: cascadeDelete boolean, childSObject string, deprecatedAndHidden boolean, field string, relationshipName string?
PicklistEntry: active boolean, defaultValue boolean, label string?, value string
Field: aggregatable boolean, autoNumber boolean, byteLength int, calculated boolean, caseSensitive boolean, createable boolean, custom boolean, defaultedOnCreate boolean, digits int, externalId boolean, filterable boolean, groupable boolean, idLookup boolean, label string, length int, name string, nameField boolean, namePointing boolean, nillable boolean, picklistValues PicklistEntry*, polymorphicForeignKey boolean, precision int, referenceTo string*, relationshipName string?, restrictedPicklist boolean, scale int, soapType string, sortable boolean, type string, unique boolean, updateable boolean
DescribeSObjectResult: activateable boolean, childRelationships ChildRelationship*, createable boolean, custom boolean, deletable boolean, fields Field*, keyPrefix string?, label string, labelPlural string, layoutable boolean, name string, queryable boolean, replicateable boolean, retrieveable boolean, searchable boolean, triggerable boolean, undeletable boolean, updateable boolean
";

/// The headers that calls take: each with its members.
const HEADERS: &str = "
SessionHeader: sessionId string
QueryOptions: batchSize int?
AllOrNoneHeader: allOrNone boolean
CallOptions: client string?
";

static CALL_TABLE: LazyLock<Vec<Table>> = LazyLock::new(|| read(CALLS));
static TYPE_TABLE: LazyLock<Vec<Table>> = LazyLock::new(|| read(TYPES));
static HEADER_TABLE: LazyLock<Vec<Table>> = LazyLock::new(|| read(HEADERS));

/// The calls.
pub(super) fn calls() -> &'static [Table] {
    &CALL_TABLE
}

/// The types.
pub(super) fn types() -> &'static [Table] {
    &TYPE_TABLE
}

/// The headers.
pub(super) fn headers() -> &'static [Table] {
    &HEADER_TABLE
}

/// The calls by name, in the order of the WSDL.
pub fn call_names() -> Vec<&'static str> {
    calls().iter().map(|call| call.name).collect()
}

/// The call of a name.
pub(super) fn call(name: &str) -> Option<&'static Table> {
    calls().iter().find(|call| call.name == name)
}

/// The type of a name.
pub(super) fn kind(name: &str) -> Option<&'static Table> {
    types().iter().find(|kind| kind.name == name)
}

fn read(text: &'static str) -> Vec<Table> {
    text.lines().filter_map(table).collect()
}

fn table(line: &'static str) -> Option<Table> {
    let (name, rest) = line.split_once(':')?;
    let (members, result) = rest.split_once("->").map_or((rest, None), |(members, result)| (members, Some(result)));
    let members = members.split(',').filter_map(|text| member(text.trim())).collect();
    let result = result.map(|kind| {
        let kind = kind.trim();
        Member {
            name: "result",
            kind: kind.strip_suffix('*').unwrap_or(kind),
            many: kind.ends_with('*'),
            optional: false,
        }
    });
    Some(Table { name, members, result })
}

fn member(text: &'static str) -> Option<Member> {
    let (name, kind) = text.split_once(' ')?;
    let (many, optional) = (kind.ends_with('*'), kind.ends_with('?'));
    Some(Member { name, kind: kind.trim_end_matches(['*', '?']), many, optional })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_a_simple_one_or_a_type() {
        let members =
            calls().iter().chain(types()).chain(headers()).flat_map(|table| table.members.iter().chain(&table.result));
        for member in members {
            let is_simple = ["string", "boolean", "int", "dateTime", "ID", "sObject"].contains(&member.kind);
            assert!(is_simple || kind(member.kind).is_some(), "{member:?}");
        }
        assert_eq!((calls().len(), types().len(), headers().len()), (18, 18, 4));
        assert_eq!(call("upsert").map(|call| call.members.len()), Some(2));
    }
}

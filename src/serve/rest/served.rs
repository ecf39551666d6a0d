//! Which resources there are: the table of docs/serve.md. A test asks for each of them.

/// A resource that is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Served {
    /// Its path below `/services/data/vN`; words in capitals stand for anything.
    pub path: &'static str,
    /// The methods that it has.
    pub methods: &'static [&'static str],
    /// What there is to say of it.
    pub note: &'static str,
}

const fn served(path: &'static str, methods: &'static [&'static str], note: &'static str) -> Served {
    Served { path, methods, note }
}

/// The resources.
pub const RESOURCES: &[Served] = &[
    served("", &["GET"], "resources; `/services/data` alone has the versions"),
    served(
        "limits",
        &["GET"],
        "REST requests are counted, in `Sforce-Limit-Info`, too; past `--api-requests` they are refused: 403 \
         `REQUEST_LIMIT_EXCEEDED`. Other figures are those of an org that is not used up, and are not enforced",
    ),
    served("query", &["GET"], "`columns=true`; the 100 newest unread answers are kept"),
    served("queryAll", &["GET"], "with deleted records"),
    served("query/LOCATOR", &["GET"], ""),
    served("queryAll/LOCATOR", &["GET"], ""),
    served("sobjects", &["GET"], ""),
    served("sobjects/T", &["GET", "POST"], ""),
    served("sobjects/T/describe", &["GET"], ""),
    served("sobjects/T/updated", &["GET"], "`start`, `end`"),
    served("sobjects/T/deleted", &["GET"], "`start`, `end`"),
    served("sobjects/T/ID", &["DELETE", "GET", "PATCH"], "`fields=`; `_HttpMethod` with POST"),
    served(
        "sobjects/T/FIELD/VALUE",
        &["DELETE", "GET", "PATCH"],
        "upsert by fields that are external ids, and `__c` fields of open objects",
    ),
    served("sobjects/EVENT__e", &["POST"], "publishes a platform event"),
    served("sobjects/EVENT/eventSchema?payloadFormat=COMPACT", &["GET"], "the schema as Avro has it"),
    served("event/eventSchema/ID?payloadFormat=COMPACT", &["GET"], ""),
    served("composite/sobjects", &["DELETE", "PATCH", "POST"], "`allOrNone`"),
    served("composite/sobjects/T/FIELD", &["PATCH"], "upserts"),
    served("composite/sobjects/T", &["GET", "POST"], "many records at once: `ids`, `fields`"),
    served("composite", &["POST"], "up to 25 requests, with references such as `@{ref.id}`, and `allOrNone`"),
    served("composite/tree/T", &["POST"], "up to 200 records with their children, all or none"),
    served(
        "actions/standard/skillsBasedRouting",
        &["POST"],
        "from API version 44. Skills have no level, and those of the routing configuration are not added (assumed)",
    ),
    served("tooling/query", &["GET"], ""),
    served("tooling/sobjects/T", &["POST"], "`PlatformEventChannel`, `PlatformEventChannelMember`"),
    served("tooling/sobjects/T/describe", &["GET"], "of these two"),
    served("tooling/sobjects/T/ID", &["DELETE", "GET", "PATCH"], "of these two"),
];

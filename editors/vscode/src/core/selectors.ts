// Which files are the server's. The same list as `SUFFIXES` in src/schema/recognise.rs of omnic; a test compares them.

/** Folder and suffix of each metadata type but the settings, of which only one file counts. */
export const TYPES: readonly { folder: string; suffix: string }[] = [
    { folder: "serviceChannels", suffix: "serviceChannel" },
    { folder: "servicePresenceStatuses", suffix: "servicePresenceStatus" },
    { folder: "presenceDeclineReasons", suffix: "presenceDeclineReason" },
    { folder: "presenceUserConfigs", suffix: "presenceUserConfig" },
    { folder: "queueRoutingConfigs", suffix: "queueRoutingConfig" },
    { folder: "queues", suffix: "queue" },
    { folder: "omniSupervisorConfigs", suffix: "omniSupervisorConfig" },
    { folder: "workSkillRoutings", suffix: "workSkillRouting" },
    { folder: "skills", suffix: "skill" },
    { folder: "groups", suffix: "group" },
    { folder: "profiles", suffix: "profile" },
    { folder: "permissionsets", suffix: "permissionset" },
    { folder: "flows", suffix: "flow" },
    { folder: "messagingChannels", suffix: "messagingChannel" },
];

export const SETTINGS = { folder: "settings", suffix: "settings", name: "OmniChannel" } as const;

const suffixes = TYPES.map(({ suffix }) => suffix);

/**
 * For `when` clauses in package.json: matches the paths of the same files as the document selector. A name has a
 * letter at least. Without `-meta.xml`, suffixes such as `.profile` and `.flow` mean other things elsewhere, so the
 * folder counts.
 */
export const PATH_PATTERN = [
    "(^|[\\\\/])(",
    [
        `[^\\\\/]+\\.(${suffixes.join("|")})-meta\\.xml`,
        `${SETTINGS.name}\\.${SETTINGS.suffix}-meta\\.xml`,
        `${SETTINGS.folder}[\\\\/]${SETTINGS.name}\\.${SETTINGS.suffix}`,
        ...TYPES.map(({ folder, suffix }) => `${folder}[\\\\/][^\\\\/]+\\.${suffix}`),
    ].join("|"),
    ")$",
].join("");

const componentPath = new RegExp(PATH_PATTERN);

/** Says whether a path, with any separators, is one of a component that omnic checks. */
export function isComponentFile(path: string): boolean {
    return componentPath.test(path);
}

/** What is no component, and decides about them: in the project's folder or beside the components. */
const PROJECT_FILES = /(^|[\\/])(sfdx-project\.json|package\.xml|omnic\.toml|\.forceignore)$/;
const FACTS = /[^\\/]\.(field-meta\.xml|(object|globalValueSet|standardValueSet)(-meta\.xml)?)$/;

/** Says whether a change of a file can change what is known of components. */
export function isProjectFile(path: string): boolean {
    return isComponentFile(path) || PROJECT_FILES.test(path) || FACTS.test(path);
}

/** What the server is asked about. Files that are not saved yet have their path in the `untitled` scheme. */
export function documentSelector(): { scheme: string; pattern: string }[] {
    const patterns = [
        `**/?*.{${suffixes.join(",")}}-meta.xml`,
        `**/${SETTINGS.name}.${SETTINGS.suffix}-meta.xml`,
        ...xmlFilePatterns(),
    ];
    return ["file", "untitled"].flatMap((scheme) => patterns.map((pattern) => ({ scheme, pattern })));
}

/** Files in the format of the Metadata API, which do not end in `.xml`, are XML too. */
export function xmlFilePatterns(): string[] {
    const settings = `**/${SETTINGS.folder}/${SETTINGS.name}.${SETTINGS.suffix}`;
    return [settings, ...TYPES.map(({ folder, suffix }) => `**/${folder}/?*.${suffix}`)];
}

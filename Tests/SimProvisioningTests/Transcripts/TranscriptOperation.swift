/// Everything the service can ask a target for. Each has a file in `Tests/Transcripts` named after
/// it, with one section for each dialect; `README.md` there is the table of them.
enum TranscriptOperation: String, CaseIterable, Sendable {
    case probe
    case probeWithoutGroups = "probe-without-groups"
    case firstCycle = "first-cycle"

    case userQuery = "user-query"
    case userQueryBySecondAttribute = "user-query-second-attribute"
    case userRead = "user-read"
    case userCreate = "user-create"
    case userCreateFewValues = "user-create-few-values"
    case userCreateOwnMappings = "user-create-own-mappings"
    case userAdopt = "user-adopt"
    case userAddSingle = "user-add-single"
    case userReplaceSingle = "user-replace-single"
    case userEmptySingle = "user-empty-single"
    case userAddComplex = "user-add-complex"
    case userReplaceComplex = "user-replace-complex"
    case userAddFiltered = "user-add-filtered"
    case userReplaceFiltered = "user-replace-filtered"
    case userExtension = "user-extension"
    case userMixed = "user-mixed"
    case userRoles = "user-roles"
    case userRolesAssertive = "user-roles-assertive"
    case userRoleSingle = "user-role-single"
    case userDisable = "user-disable"
    case userDisableLowerCase = "user-disable-lower-case"
    case userDisableChanged = "user-disable-changed"
    case userEnable = "user-enable"
    case userEnableChanged = "user-enable-changed"
    case userDelete = "user-delete"
    case managerAdd = "manager-add"
    case managerChange = "manager-change"
    case managerClear = "manager-clear"
    case managerClearEmptyValue = "manager-clear-empty-value"
    case managerClearRemove = "manager-clear-remove"

    case groupQuery = "group-query"
    case groupRead = "group-read"
    case groupCreate = "group-create"
    case groupAdopt = "group-adopt"
    case groupRename = "group-rename"
    case groupDelete = "group-delete"
    case memberAdd = "member-add"
    case memberAddSeveral = "member-add-several"
    case memberAddBatches = "member-add-batches"
    case memberAddReference = "member-add-reference"
    case memberRemove = "member-remove"
    case memberRemoveSeveral = "member-remove-several"
    case memberSwap = "member-swap"

    case tenantFlagsEchoed = "setting-flags-echoed"
    case engineHeaderOff = "setting-no-engine-header"

    var fileName: String { rawValue + ".txt" }

    /// How it comes about. The compiler sees to it that none is without.
    var recording: Recording {
        switch self {
        case .probe: .probe
        case .probeWithoutGroups: .probeWithoutGroups
        case .firstCycle: .firstCycle
        case .userQuery: .userQuery
        case .userQueryBySecondAttribute: .userQueryBySecondAttribute
        case .userRead: .userRead
        case .userCreate: .userCreate
        case .userCreateFewValues: .userCreateFewValues
        case .userCreateOwnMappings: .userCreateOwnMappings
        case .userAdopt: .userAdopt
        case .userAddSingle: .userAddSingle
        case .userReplaceSingle: .userReplaceSingle
        case .userEmptySingle: .userEmptySingle
        case .userAddComplex: .userAddComplex
        case .userReplaceComplex: .userReplaceComplex
        case .userAddFiltered: .userAddFiltered
        case .userReplaceFiltered: .userReplaceFiltered
        case .userExtension: .userExtension
        case .userMixed: .userMixed
        case .userRoles: .userRoles
        case .userRolesAssertive: .userRolesAssertive
        case .userRoleSingle: .userRoleSingle
        case .userDisable: .userDisable
        case .userDisableLowerCase: .userDisableLowerCase
        case .userDisableChanged: .userDisableChanged
        case .userEnable: .userEnable
        case .userEnableChanged: .userEnableChanged
        case .userDelete: .userDelete
        case .managerAdd: .managerAdd
        case .managerChange: .managerChange
        case .managerClear: .managerClear
        case .managerClearEmptyValue: .managerClearEmptyValue
        case .managerClearRemove: .managerClearRemove
        case .groupQuery: .groupQuery
        case .groupRead: .groupRead
        case .groupCreate: .groupCreate
        case .groupAdopt: .groupAdopt
        case .groupRename: .groupRename
        case .groupDelete: .groupDelete
        case .memberAdd: .memberAdd
        case .memberAddSeveral: .memberAddSeveral
        case .memberAddBatches: .memberAddBatches
        case .memberAddReference: .memberAddReference
        case .memberRemove: .memberRemove
        case .memberRemoveSeveral: .memberRemoveSeveral
        case .memberSwap: .memberSwap
        case .tenantFlagsEchoed: .tenantFlagsEchoed
        case .engineHeaderOff: .engineHeaderOff
        }
    }
}

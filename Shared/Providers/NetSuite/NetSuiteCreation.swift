/// A create that is done, now or by an earlier sending.
public enum NetSuiteCreation: Sendable, Equatable {
    case created(String)
    case existed(String)

    /// The internal id.
    public var id: String {
        switch self {
        case .created(let id), .existed(let id): id
        }
    }
}

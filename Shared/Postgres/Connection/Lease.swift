import Foundation
import Synchronization

/// The right to use a connection for one transaction, and how that transaction begins.
struct Lease: Sendable {
    /// Grows from lease to lease within the process, so that a connection can tell a late call of an earlier one.
    let number: UInt64

    /// BEGIN and the workspace, sent in front of the first statement.
    let prologue: [SQL]

    private static let numbers = Atomic<UInt64>(0)

    init(workspace: UUID?, isolation: IsolationLevel) {
        self.init(begin: isolation.begin, workspace: workspace)
    }

    /// A transaction that the server keeps from writing.
    static func readOnly(workspace: UUID?) -> Lease {
        Lease(begin: "BEGIN READ ONLY", workspace: workspace)
    }

    private init(begin: SQL, workspace: UUID?) {
        number = Self.numbers.add(1, ordering: .relaxed).newValue
        prologue = [begin] + (workspace.map { [Self.setWorkspace($0)] } ?? [])
    }

    /// Sets what row security policies compare with, until the transaction ends.
    static func setWorkspace(_ workspace: UUID) -> SQL {
        "SELECT set_config('stateset.workspace', \(workspace.uuidString.lowercased()), true)"
    }
}

/// How much of other transactions a transaction may see.
public enum IsolationLevel: Sendable {
    case readCommitted, repeatableRead, serializable

    var begin: SQL {
        switch self {
        case .readCommitted: "BEGIN"
        case .repeatableRead: "BEGIN ISOLATION LEVEL REPEATABLE READ"
        case .serializable: "BEGIN ISOLATION LEVEL SERIALIZABLE"
        }
    }
}

import Commerce
import Foundation

extension WorkspaceID {
    /// The workspace of those who run the platform. What belongs to no tenant is theirs; `migrate` makes it.
    public static let platform = WorkspaceID(uuid: UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)))
}

import Commerce
import ServiceKit

/// Decides who gets in: 401, then 404 for another workspace, then 403.
struct Gate: Sendable {
    let keys: KeyDirectory

    /// - Parameter authorization: the header as it came.
    func admit(authorization: String?, workspace: String?, scope: Scope) async throws -> Caller {
        guard let secret = Self.secret(authorization), let caller = try await keys.caller(holding: secret) else {
            throw Problem.unauthorized
        }
        guard workspace.flatMap(WorkspaceID.init(_:)) == caller.workspaceID else { throw Problem.notFound }
        guard caller.may(scope) else { throw Problem.missingScope(scope) }
        return caller
    }

    private static func secret(_ authorization: String?) -> KeySecret? {
        let parts = (authorization ?? "").split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return KeySecret(String(parts[1]))
    }
}

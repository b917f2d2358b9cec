import Commerce

/// Who asks: the person or machine a key is bound to.
struct Caller: Sendable, Equatable {
    var keyID: KeyID
    var workspaceID: WorkspaceID
    /// Stands in every message and audit row: `machine:dev`, `person:ana`.
    var principal: String
    /// Scopes this build does not know are kept: a key may hold them for another.
    var scopes: Set<String>

    func may(_ scope: Scope) -> Bool { scopes.contains(scope.rawValue) }
}

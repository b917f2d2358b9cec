import Commerce

/// How often a workspace has a command tried at a provider.
private struct AttemptLimit: Decodable {
    let attemptsMax: Int?

    private enum CodingKeys: String, CodingKey { case attemptsMax = "attempts_max" }

    /// A number, or one as text, as a command line gives it.
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        attemptsMax =
            try (try? container.decodeIfPresent(Int.self, forKey: .attemptsMax))
            ?? container.decodeIfPresent(String.self, forKey: .attemptsMax).flatMap { Int($0) }
    }
}

extension ProviderSettingsStore {
    /// Nil where the workspace says nothing, or cannot be asked: then the platform's own number counts.
    public func attemptMax(provider: String, workspace: WorkspaceID) async -> Int? {
        let limit = try? await settings(AttemptLimit.self, provider: provider, workspace: workspace)
        return limit?.attemptsMax
    }
}

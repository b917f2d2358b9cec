/// Who may cause a transition.
public enum LifeCycleActor: String, Hashable, Sendable, CaseIterable, Codable {
    /// A service or saga acting on recorded facts.
    case system
    /// A person with the right scope.
    case staff
    case customer
    /// The support agent, inside its policy.
    case agent
}

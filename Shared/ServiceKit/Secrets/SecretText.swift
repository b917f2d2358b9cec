/// A secret that cannot be printed, dumped or encoded by accident.
public struct SecretText: Sendable, Hashable {
    private let text: String

    public init(_ text: String) {
        self.text = text
    }

    /// The secret itself. Hand it to the one that needs it, never to a log line or an error.
    public func reveal() -> String { text }
}

extension SecretText: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "redacted" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

import Commerce

/// A request to one service to do something. It may be refused.
///
/// The owner answers with exactly one ``Reply`` for each command key, however often the command is delivered.
public protocol Command: Codable, Sendable {
    associatedtype Reply: Codable & Sendable

    /// The service that owns the command: the routing key on `stateset.commands`.
    static var owner: ServiceName { get }

    /// The CloudEvents `type`, imperative, e.g. `CreateSalesOrder`.
    static var name: String { get }

    /// How long a saga waits for the reply before it shows as stuck (`no_reply`).
    static var replyWithin: Duration { get }
}

extension Command {
    public static var name: String { TypeNames.name(of: Self.self) }
    public static var replyWithin: Duration { .hours(1) }
}

/// The reply of a command that has nothing to tell beyond "done".
public struct Done: Codable, Sendable, Equatable {
    public init() {}
}

/// The owner of a command said no. Carried in the reply; the saga decides what follows.
public struct Refusal: Error, Codable, Sendable, Equatable, CustomStringConvertible {
    /// Stable, machine-readable: `unmapped_sku`, `dcl_1001`, `past_pivot`.
    public var code: String
    /// For a person; a provider's own words where there are any.
    public var message: String
    /// Which part of what was asked for is wrong, e.g. `lines.0.quantity`; nil where it is none.
    public var field: String?

    public init(code: String, message: String, field: String? = nil) {
        self.code = code
        self.message = message
        self.field = field
    }

    public var description: String { "\(code): \(message)" }
}

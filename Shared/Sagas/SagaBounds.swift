import Messaging

/// How large a run may become: each activation reads it whole.
public enum SagaBounds {
    /// Operations of one run; beyond it the saga is stuck until its code continues as new.
    public static let operationsMax = 1000
    /// From here on each activation logs a warning.
    public static let operationsWarning = 200
    /// Bytes of one command, reply, event or input as JSON.
    public static let payloadMax = 256 * 1024
    /// Entries of unread mail that are loaded at once, with a saga and of each type that it then waits for.
    public static let mailPage = 200
    /// Beyond so many unread events, and at every further thousand, an alert says so.
    public static let mailWarning = 1000
    /// LIMIT: a saga that continues as new without ever waiting would otherwise never give its activation back.
    static let continuationsPerActivation = 10
    /// LIMIT: what a history counts (attempts, runs, results) fits the table's columns, and one more overflows nothing.
    static let counts = 0...2_000_000_000
    /// LIMIT: ten years, in which any command is answered or forgotten.
    static let replyWithinMilliseconds = 0...315_360_000_000
}

extension SagaBounds {
    /// Why `payload` is too large to be kept in a history: `payload_too_large`; `nil` when it is not.
    /// - Parameter name: what it is, as the message says it.
    public static func objection(to payload: RawJSON, _ name: String, field: String? = nil) -> Refusal? {
        guard payload.bytes.count > payloadMax else { return nil }
        return Refusal(
            code: "payload_too_large",
            message:
                "\(name) has \(payload.bytes.count) bytes, \(payloadMax) are allowed: pass large data by reference",
            field: field)
    }
}

extension RawJSON {
    /// - Throws: ``SagaMisuse`` when it is too large to be kept in a history.
    func checked(_ name: String) throws -> RawJSON {
        if let objection = SagaBounds.objection(to: self, name) {
            throw SagaMisuse(code: objection.code, message: objection.message)
        }
        return self
    }
}

/// The saga's code does what no saga may do. The saga is stuck until a corrected build retries it.
struct SagaMisuse: Error {
    var code = "saga_error"
    let message: String
}

/// What is wrong with a cron expression, and in which of its fields.
struct CronError: Error, Equatable, CustomStringConvertible {
    /// Nil where it is the expression as a whole.
    var field: CronField.Kind?
    var message: String

    var description: String { field.map { "\($0.rawValue): \(message)" } ?? message }
}

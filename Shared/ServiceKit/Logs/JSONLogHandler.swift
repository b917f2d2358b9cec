import Foundation
import Logging

/// Writes one JSON object a line: time, level, service, logger, message, then the facts.
///
/// *Guarantees*: one line an entry, whatever it contains; values under sensitive keys are replaced, nested ones too.
struct JSONLogHandler: LogHandler {
    /// Takes finished lines, without the line break.
    typealias Sink = @Sendable (String) -> Void

    let service: String
    let label: String
    let sink: Sink
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    init(
        service: String, label: String, logLevel: Logger.Level, metadataProvider: Logger.MetadataProvider?,
        sink: @escaping Sink
    ) {
        self.service = service
        self.label = label
        self.logLevel = logLevel
        self.metadataProvider = metadataProvider
        self.sink = sink
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        sink(line(event, at: Date.now))
    }

    func line(_ event: LogEvent, at time: Date) -> String {
        var line = LogObject()
        line.field("time", LogObject.quoted(time.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))))
        line.field("level", LogObject.quoted(event.level.rawValue))
        line.field("service", LogObject.quoted(service))
        line.field("logger", LogObject.quoted(label))
        line.field("message", LogObject.quoted(event.message.description))
        for (key, value) in facts(event).sorted(by: { $0.key < $1.key }) {
            line.field(Self.reserved.contains(key) ? "fact_\(key)" : key, Self.json(value, key: key))
        }
        return line.object
    }

    private static let reserved: Set<String> = ["time", "level", "service", "logger", "message"]

    private func facts(_ event: LogEvent) -> Logger.Metadata {
        var facts = metadataProvider?.get() ?? [:]
        facts.merge(metadata) { $1 }
        facts.merge(event.metadata ?? [:]) { $1 }
        if let error = event.error, facts["error"] == nil { facts["error"] = "\(error)" }
        return facts
    }

    private static func json(_ value: Logger.MetadataValue, key: String) -> String {
        guard !LogRedaction.isSensitive(key: key) else { return LogObject.quoted(LogRedaction.replacement) }
        switch value {
        case .string(let text): return LogObject.quoted(LogRedaction.scrub(text))
        case .stringConvertible(let value): return LogObject.quoted(LogRedaction.scrub("\(value)"))
        case .array(let values): return "[" + values.map { json($0, key: key) }.joined(separator: ",") + "]"
        case .dictionary(let fields):
            var object = LogObject()
            for (key, value) in fields.sorted(by: { $0.key < $1.key }) { object.field(key, json(value, key: key)) }
            return object.object
        }
    }
}

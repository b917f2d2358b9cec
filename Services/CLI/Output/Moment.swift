import Foundation
import Messaging

/// Times and spans as people read them.
enum Moment {
    /// `2026-03-05T17:00:00.123Z` as `2026-03-05T17:00:00Z`: it says its zone, and every option that asks for a time
    /// takes it as it is. What is no such time stays as it is.
    static func text(_ time: String?) -> String {
        guard let time else { return "-" }
        guard time.count >= 20, time.hasSuffix("Z"), WireJSON.date(time) != nil else { return time }
        return String(time.prefix(19)) + "Z"
    }

    /// From one time to the other, e.g. `120 ms`, `4.2 s`, `3 min`, `2 d`; nil unless both are times.
    static func span(from start: String?, to end: String?) -> String? {
        guard let start = start.flatMap(WireJSON.date), let end = end.flatMap(WireJSON.date) else { return nil }
        return span(seconds: max(0, end.timeIntervalSince(start)))
    }

    static func span(seconds: Double) -> String {
        switch seconds {
        case ..<0.9995: "\(Int((seconds * 1000).rounded())) ms"
        case ..<60: "\(Double(Int((seconds * 10).rounded())) / 10) s"
        case ..<5400: "\(Int((seconds / 60).rounded())) min"
        case ..<129_600: "\(Int((seconds / 3600).rounded())) h"
        default: "\(Int((seconds / 86_400).rounded())) d"
        }
    }
}

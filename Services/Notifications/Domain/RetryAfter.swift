import Commerce
import Foundation

/// The `Retry-After` header: seconds, or an HTTP date (RFC 9110, 10.2.3 and 5.6.7).
enum RetryAfter {
    static func read(_ text: String?, now: Date) -> Duration? {
        guard let text else { return nil }
        if let seconds = Int(text) {
            return (0...Int(Int32.max)).contains(seconds) ? .seconds(seconds) : nil
        }
        guard let date = date(text), date > now else { return nil }
        return .milliseconds(Int((date.timeIntervalSince(now) * 1000).rounded()))
    }

    private static func date(_ text: String) -> Date? {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return formatter.date(from: text)
    }
}

import Commerce
import Foundation

extension BusinessDay {
    /// The date, or tomorrow where that is later: no charge is planned in the past.
    static func text(notBeforeTomorrow date: String, now: Date) -> String {
        max(date, text(now.addingTimeInterval(86_400)))
    }
}

import Foundation

extension Duration {
    public static func minutes(_ count: Int) -> Duration { .seconds(60 * count) }

    public static func hours(_ count: Int) -> Duration { .seconds(3600 * count) }

    /// Days of exactly 24 hours, whatever the calendar says.
    public static func days(_ count: Int) -> Duration { .seconds(86_400 * count) }

    /// The duration in seconds, for arithmetic with `Date`.
    public var timeInterval: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}

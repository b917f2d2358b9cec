import Commerce
import Foundation

/// When an endpoint that only fails is warned about, and when it is switched off.
enum DisablingPlan {
    static let patience = Duration.days(5)
    static let percents = [50, 70, 90, 100]

    static func moment(_ percent: Int, since failingSince: Date) -> Date {
        failingSince + patience.timeInterval * Double(percent) / 100
    }
}

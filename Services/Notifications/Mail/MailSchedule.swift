import Commerce

/// When a mail is tried again that a server did not take for now.
///
/// Source: our SMTP profile: greylisting wants minutes, an outage up to a day.
enum MailSchedule {
    static let delays: [Duration] = [.minutes(1), .minutes(5), .minutes(15), .hours(1), .hours(4)]

    /// Together a bit over a day.
    static let triesMax = 10

    /// - Parameter wanted: how many tries the workspace wants at most. The runtime gives a command up by the same number,
    ///   and a mail must have its end before.
    static func triesMax(_ wanted: Int?) -> Int { min(triesMax, wanted ?? triesMax) }

    /// - Parameter attempt: the try that failed, from 1. Nil when it is given up.
    static func delay(after attempt: Int, of triesMax: Int = triesMax) -> Duration? {
        attempt < triesMax ? delays[min(max(attempt, 1), delays.count) - 1] : nil
    }

    /// How long a server that lets nobody in is left alone.
    /// - Parameters:
    ///   - trials: how many mails were sent meanwhile to see whether it does.
    ///   - longest: ``pauseMax(for:)`` of why mails are held.
    static func pause(afterTrials trials: Int, atMost longest: Duration? = nil) -> Duration {
        let pause = delays[min(trials, delays.count - 1)]
        return longest.map { min(pause, $0) } ?? pause
    }

    /// - Parameter code: why mails are held. Nil where each trial may bring an account nearer to its lock.
    static func pauseMax(for code: String) -> Duration? {
        // LIMIT: without a login that was refused no account is nearer to its lock, and the outage may be our own.
        code == MailDelivery.wrongLogin ? nil : .minutes(5)
    }
}

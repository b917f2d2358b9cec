import Commerce
import Synchronization

/// The mails that this process is sending, counted by workspace.
///
/// *Guarantees*: a workspace has a part of the room at most, however slow its mail server is. A mail that finds no place
/// holds nothing meanwhile: it is told at once when to come back, the next one later, as fast as places have come free.
final class MailSlots: Sendable {
    /// LIMIT: commands of one process in hand; each that sends a mail has a socket while the server takes it.
    static let room = 64
    /// LIMIT: four workspaces whose servers are slow have to come together before others wait.
    static let callsOfOneMax = 16

    private static let waitMin = Duration.seconds(1)
    // LIMIT: how long the line is, is an estimate; a mail asks anew after ten minutes at the latest.
    private static let waitMax = Duration.minutes(10)

    private struct Sender {
        var underWay = 0
        /// How long a call takes, smoothed.
        var call = Duration.milliseconds(500)
        /// When whoever was sent away last may come back.
        var lastTurn: ContinuousClock.Instant
    }

    private let senders = Mutex<[WorkspaceID: Sender]>([:])

    /// Takes a place, which ``leave(_:after:at:)`` gives back.
    /// - Returns: how long to stay away where there is none; nil where the mail may be sent.
    func enter(_ workspace: WorkspaceID, at now: ContinuousClock.Instant = .now) -> Duration? {
        senders.withLock { senders in
            var sender = senders[workspace] ?? Sender(lastTurn: now)
            defer { senders[workspace] = sender }
            guard sender.underWay >= Self.callsOfOneMax else {
                sender.underWay += 1
                return nil
            }
            let turn = max(sender.lastTurn, now + Self.waitMin) + sender.call / Self.callsOfOneMax
            sender.lastTurn = min(turn, now + Self.waitMax)
            return sender.lastTurn - now
        }
    }

    /// - Parameter call: how long it took.
    func leave(_ workspace: WorkspaceID, after call: Duration, at now: ContinuousClock.Instant = .now) {
        senders.withLock { senders in
            guard var sender = senders[workspace] else { return }
            sender.underWay -= 1
            sender.call = sender.call * 0.8 + call * 0.2
            // Where nobody waits and nothing is sent, nothing has to be known.
            senders[workspace] = sender.underWay == 0 && sender.lastTurn <= now ? nil : sender
        }
    }
}

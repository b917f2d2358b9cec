import Commerce
import Foundation
import Logging
import ServiceLifecycle
import Synchronization

/// Delivers what is due; any number of replicas may run it.
///
/// *Guarantees*: a delivery is called at least once, and by one process at a time; what was called when a process died
/// is called again after its lease. On shutdown nothing new is begun and what is under way ends.
struct DeliveryLoop: Service {
    let claims: DeliveryClaims
    var call: DeliveryCall
    let settlement: DeliverySettlement
    let logger: Logger

    /// LIMIT: calls of one process at a time; each holds a socket. Sixty-four endpoints can hold all of theirs before
    /// another has to wait, and an endpoint that fails holds one only.
    static let callsMax = 256

    private static let pauseMin = Duration.milliseconds(5)
    private static let pauseMax = Duration.milliseconds(500)

    func run() async throws {
        await withDiscardingTaskGroup { group in
            let underWay = CallCount()
            var pause = Self.pauseMin
            while !Task.isShuttingDownGracefully && !Task.isCancelled {
                let claimed = await claim(while: underWay.count)
                pause = claimed.isEmpty ? min(pause * 2, Self.pauseMax) : Self.pauseMin
                underWay.add(claimed.count)
                for delivery in claimed {
                    group.addTask {
                        await deliver(delivery)
                        underWay.add(-1)
                    }
                }
                let rest = pause
                try? await cancelWhenGracefulShutdown { try await Task.sleep(for: rest) }
            }
        }
    }

    private func claim(while underWay: Int) async -> [ClaimedDelivery] {
        let endpointsMax = (Self.callsMax - underWay) / DeliveryClaims.callsMax
        guard endpointsMax > 0 else { return [] }
        do {
            return try await claims.claim(endpointsMax: endpointsMax)
        } catch {
            if !Task.isCancelled {
                logger.warning("deliveries will be claimed later", metadata: ["error": "\(error)"])
            }
            return []
        }
    }

    /// One call and its end.
    func deliver(_ delivery: ClaimedDelivery) async {
        let result = await call(delivery)
        let metadata: Logger.Metadata = ["delivery_id": "\(delivery.id)", "error": "\(result.words ?? "")"]
        switch result.obstacle {
        case .noRoom?: logger.warning("a delivery waits: there was no room for its call", metadata: metadata)
        case .noKey?: logger.error("deliveries wait: their signing secret cannot be opened", metadata: metadata)
        case nil: break
        }
        do {
            try await settlement(delivery, result)
        } catch {
            logger.warning(
                "a delivery will be called again: its outcome could not be stored",
                metadata: ["delivery_id": "\(delivery.id)", "error": "\(error)"])
        }
    }
}

private final class CallCount: Sendable {
    private let value = Mutex(0)

    var count: Int { value.withLock { $0 } }

    func add(_ difference: Int) { value.withLock { $0 += difference } }
}

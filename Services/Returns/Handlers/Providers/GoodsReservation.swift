import Commerce
import Foundation
import Providers

/// Whether the shop keeps the goods of a draft order from its other customers.
enum GoodsReservation: Codable, Sendable, Equatable {
    /// Until the time, RFC 3339.
    case held(until: String)
    /// Anybody may buy them.
    case missing(reason: String)

    // LIMIT: what nobody pays is given up after a fortnight of daily looks; two days more let those wait for the shop.
    // What stands longer still, as behind a refund that a person decides on, is reserved no more.
    private static let holdTime = Duration.days(16)

    /// Has the shop keep them where the draft is open, also when it does so already; nil for a draft that is an order.
    ///
    /// WHY: no more once its invoice is sent. A checkout that the customer has begun is cut off from a draft that is
    /// changed, which would then stay open although it is paid.
    static func make(
        for draft: ShopifyDraftOrder, in shop: ShopifyClient, at now: Date
    ) async throws -> GoodsReservation? {
        guard draft.status == .open else { return try await find(for: draft, in: shop) }
        let until = now.addingTimeInterval(holdTime.timeInterval).formatted(.iso8601)
        do {
            return .held(until: try await shop.reserveGoods(of: draft.id, until: until))
        } catch {
            guard error.isRefusal else { throw error }
            return .missing(reason: error.message)
        }
    }

    /// As the shop has it; nil for a draft that is an order.
    private static func find(for draft: ShopifyDraftOrder, in shop: ShopifyClient) async throws -> GoodsReservation? {
        guard draft.status != .completed else { return nil }
        do {
            guard let until = try await shop.reservation(of: draft.id) else {
                return .missing(reason: "The shop shows no reservation of them.")
            }
            return .held(until: until)
        } catch {
            guard error.isRefusal else { throw error }
            return .missing(reason: error.message)
        }
    }
}

import Commerce
import Providers

/// What becomes of goods that were set aside in the shop, as a draft order.
extension ShopifyClient {
    /// Makes an order of them.
    /// - Returns: the order; nil where the shop has not made it yet.
    func complete(draft draftID: String) async throws -> String? {
        let id = ShopifyID(draftID)
        do {
            return try await completeDraftOrder(id).orderID?.text
        } catch {
            // WHY: an earlier sending that arrived has made the order meanwhile.
            guard error.isRefusal, let orderID = try await draftOrder(id).orderID else { throw error }
            return orderID.text
        }
    }

    /// Sets them aside no longer.
    /// - Returns: the order that they have become meanwhile, which stays; nil where they are free.
    func giveUp(draft draftID: String) async throws -> String? {
        let id = ShopifyID(draftID)
        do {
            try await deleteDraftOrder(id)
            return nil
        } catch {
            guard error.isRefusal, let orderID = try await draftOrder(id).orderID else { throw error }
            return orderID.text
        }
    }
}

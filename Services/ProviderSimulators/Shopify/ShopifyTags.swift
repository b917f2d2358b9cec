import Foundation

/// `tagsAdd` and `tagsRemove`: additive, so that two writers never undo each other.
extension ShopifySimulator {
    mutating func changeTags(_ arguments: [String: JSON], adding: Bool, now: Date) -> JSON {
        let gid = arguments["id"]?.string ?? ""
        guard let id = Self.orderID(gid), var order = orders[id] else {
            return ["node": nil, "userErrors": [["field": ["id"], "message": "Order does not exist"]]]
        }
        guard let given = arguments["tags"], let names = try? ShopifyOrder.tags(given), !names.isEmpty else {
            return ["node": nil, "userErrors": [["field": ["tags"], "message": "Tags can't be blank"]]]
        }
        let before = order.tags
        order.changeTags(names, adding: adding)
        if order.tags != before {
            save(order, now: now)
            orders[id].map { announce(["orders/updated"], of: $0, now: now) }
        }
        return ["node": ["id": .string(gid)], "userErrors": []]
    }

    private static func orderID(_ gid: String) -> Int? {
        let prefix = "gid://shopify/Order/"
        return gid.hasPrefix(prefix) ? Int(gid.dropFirst(prefix.count)) : nil
    }
}

extension ShopifyOrder {
    fileprivate mutating func changeTags(_ names: [String], adding: Bool) {
        for name in names {
            let position = tags.firstIndex { $0.caseInsensitiveCompare(name) == .orderedSame }
            switch (adding, position) {
            case (true, nil): tags.append(name)
            case (false, let index?): tags.remove(at: index)
            case (true, .some), (false, nil): break
            }
        }
    }
}

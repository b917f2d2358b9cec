import Foundation

/// What an account holds before anything is sold.
extension NetSuiteSimulator {
    static let locations: [Int: String] = [1: "DCL Fremont", 2: "Returns"]
    static let currencies: [Int: String] = [1: "USD", 2: "GBP", 3: "CAD", 4: "EUR", 5: "AUD", 6: "JPY"]
    static let vendorID = 301

    private static let known: [(sku: String, name: String, price: Decimal)] = [
        ("MIE-ROBE-S", "Silk robe - S", 74.5), ("MIE-ROBE-M", "Silk robe - M", 74.5),
        ("MIE-ROBE-L", "Silk robe - L", 74.5), ("MIE-SLIP-S", "Silk slip - S", 39),
        ("MIE-SLIP-M", "Silk slip - M", 39), ("MIE-SLIP-L", "Silk slip - L", 39),
    ]

    mutating func setUpMasterData() {
        items = []
        customers = []
        stock = []
        itemID = IDCounter(9001)
        customerID = IDCounter(107)
        for item in Self.known { _ = addItem(sku: item.sku, name: item.name, price: item.price) }
        let set = addItem(sku: "MIE-SET-1", name: "Robe and two slips", price: 145, type: "Kit")
        setMembers(of: set, [(sku: "MIE-ROBE-S", quantity: 1), (sku: "MIE-SLIP-S", quantity: 2)])
        customers.append(
            NetSuiteCustomer(
                id: customerID.take(), externalID: nil,
                fields: JSONObject([
                    ("entityId", "Web Store"), ("companyName", "Web Store"), ("isPerson", false),
                    ("email", "orders@example.com"), ("subsidiary", ["id": "1"]),
                ])))
    }

    func item(_ id: Int?) -> NetSuiteItem? { items.first { $0.id == id } }
    func item(sku: String) -> NetSuiteItem? { items.first { $0.sku == sku } }
    func customer(_ id: Int?) -> NetSuiteCustomer? { customers.first { $0.id == id } }

    /// Sets up an item with plenty of stock at the main location.
    mutating func addItem(sku: String, name: String? = nil, price: Decimal = 0, type: String = "InvtPart") -> Int {
        let id = itemID.take()
        items.append(NetSuiteItem(id: id, sku: sku, name: name ?? sku, type: type, basePrice: price))
        if type != "Kit" { stock.append(NetSuiteStock(item: id, location: 1, onHand: 500)) }
        return id
    }

    mutating func setMembers(of id: Int, _ members: [(sku: String, quantity: Decimal)]) {
        guard let index = items.firstIndex(where: { $0.id == id }) else { return }
        items[index].members = members.compactMap { member in
            item(sku: member.sku).map { .init(item: $0.id, quantity: member.quantity) }
        }
    }
}

import Commerce
import Messaging
import Providers
import Support
import Testing
import Views

@testable import Returns

@Suite("The parcel that a customer sends back", .tags(.postgres), .enabled(if: ReturnsBench.isThere))
struct ReturnParcelTests {
    @Test("it weighs what its goods do together, and takes the default where nobody has weighed one of them")
    func weight() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel(2)
            for (grams, expected) in [(nil, nil), (200, ShipStationWeight.grams(400))] as [(Int?, ShipStationWeight?)] {
                let parcel = try await bench.handle {
                    let row = try await ReturnCase.lock(id, in: $0).row
                    var order = try await OrderView($0).document(of: row.orderID)
                    order.shippingAddress = Address(name: "Ana Ruiz", country: "US")
                    order.lines[0].product = OrderedProduct(vendor: "Mienne", weightGrams: grams)
                    return try ReturnParcel(row, of: order)
                }
                #expect(ShipStationReturn(parcel).weight == expected)
            }
        }
    }
}

import Commerce
import Foundation
import SeededRandom
import Testing

@Suite("The monotonic guard of a shipment")
struct ShipmentStatusTests {
    static let legal: [ShipmentStatus: Set<ShipmentStatus>] = [
        .unknown: [.labelCreated, .inTransit, .outForDelivery, .delivered, .exception, .returnedToSender, .lost],
        .labelCreated: [.inTransit, .outForDelivery, .delivered, .exception, .returnedToSender, .lost],
        .inTransit: [.outForDelivery, .delivered, .exception, .returnedToSender, .lost],
        .outForDelivery: [.delivered, .exception, .returnedToSender, .lost],
        .exception: [.inTransit, .outForDelivery, .delivered, .returnedToSender, .lost],
        .lost: [.inTransit, .outForDelivery, .delivered, .exception, .returnedToSender],
        .delivered: [.returnedToSender],
        .returnedToSender: [],
    ]

    static let pairs = ShipmentStatus.allCases.flatMap { from in ShipmentStatus.allCases.map { (from, $0) } }
    let noon = Date(timeIntervalSince1970: 1_772_712_000)

    @Test("accepts exactly the moves that make sense", arguments: pairs)
    func everyPair(from: ShipmentStatus, to: ShipmentStatus) {
        #expect(from.accepts(to) == Self.legal[from]?.contains(to))
    }

    @Test("a late older scan is ignored, whatever it says", arguments: pairs)
    func lateScan(from: ShipmentStatus, to: ShipmentStatus) {
        let progress = ShipmentProgress(status: from, scannedAt: noon)
        let isOurWord = from == .unknown || from == .lost
        let next = progress.applying(to, at: noon.addingTimeInterval(-60))
        #expect((next != nil) == (isOurWord && from.accepts(to)))
    }

    @Test("a newer scan may bring a package back to the depot, one without a time may not")
    func backToDepot() {
        let progress = ShipmentProgress(status: .outForDelivery, scannedAt: noon)
        #expect(progress.applying(.inTransit, at: nil) == nil)
        #expect(progress.applying(.inTransit, at: noon) == nil)
        let back = ShipmentProgress(status: .inTransit, scannedAt: noon + 3600)
        #expect(progress.applying(.inTransit, at: noon + 3600) == back)
    }

    @Test("delivered is final, except for a refusal after delivery")
    func delivered() {
        let progress = ShipmentProgress(status: .delivered, scannedAt: noon)
        for status in ShipmentStatus.allCases {
            let next = progress.applying(status, at: noon + 60)
            #expect((next != nil) == (status == .returnedToSender))
        }
    }

    @Test("any order of arrival of the same scans ends in the newest state")
    func arrivalOrder() {
        var random = SeededGenerator()
        let scans: [(ShipmentStatus, Date)] = [
            (.labelCreated, noon), (.inTransit, noon + 60), (.exception, noon + 120), (.inTransit, noon + 180),
            (.outForDelivery, noon + 240), (.delivered, noon + 300),
        ]
        for _ in 0..<500 {
            var progress = ShipmentProgress()
            let arrivals = (scans + scans).shuffled(using: &random)
            for (status, time) in arrivals { progress = progress.applying(status, at: time) ?? progress }
            #expect(progress == ShipmentProgress(status: .delivered, scannedAt: noon + 300), "\(random)")
        }
    }
}

import Foundation

/// One ShipStation account: carriers, labels, and the parcels that are followed.
struct ShipStationSimulator: SimulatedProvider {
    /// What happens by itself.
    enum Action: Sendable {
        case complete(labelID: String)
    }

    static let name = "shipstation"

    let settings: ShipStationSettings
    var carriers = ShipStationCarrier.account
    var labels: [String: ShipStationLabel] = [:]
    /// Oldest first.
    var labelIDs: [String] = []
    /// Label by external id; a voided one keeps its id.
    var labelOfExternalID: [String: String] = [:]
    var parcels: [String: ShipStationTracking] = [:]
    var rates: [String: ShipStationQuote] = [:]
    var hooks: [JSON] = []
    /// How long a label is being made; nil for at once.
    var processingTime: Duration?
    var bucket: LeakyBucket
    var labelNumber: IDCounter
    var shipmentNumber: IDCounter
    var rateNumber: IDCounter
    var trackingNumber: IDCounter
    var rmaNumber: IDCounter
    var requestNumber: IDCounter
    var hookNumber: IDCounter
    private var effects: [ProviderEffect<Action>] = []

    init(_ settings: ShipStationSettings, idOffset: IDOffset) {
        self.settings = settings
        bucket = LeakyBucket(size: settings.bucketSize, leakPerSecond: settings.leakPerSecond)
        labelNumber = IDCounter(799_373 + idOffset.value * 10)
        shipmentNumber = IDCounter(144_794_216 + idOffset.value * 10)
        rateNumber = IDCounter(784_001_113 + idOffset.value * 100)
        trackingNumber = IDCounter(10_000_001 + idOffset.value * 10)
        rmaNumber = IDCounter(1 + idOffset.value * 10)
        requestNumber = IDCounter(1 + idOffset.value * 1000)
        hookNumber = IDCounter(1 + idOffset.value)
        hooks = [configuredHook()]
    }

    func snapshot() -> JSON {
        [
            "labels": .array(labelIDs.compactMap { labels[$0] }.map(json)),
            "trackings": .array(parcels.keys.sorted().compactMap { parcels[$0]?.json() }),
            "followed": .array(parcels.values.filter(\.isFollowed).map(\.number).sorted().map(JSON.string)),
        ]
    }

    mutating func reset() {
        carriers = ShipStationCarrier.account
        labels = [:]
        labelIDs = []
        labelOfExternalID = [:]
        parcels = [:]
        rates = [:]
        processingTime = nil
        hooks = [configuredHook()]
        bucket = LeakyBucket(size: settings.bucketSize, leakPerSecond: settings.leakPerSecond)
    }

    mutating func takeEffects() -> [ProviderEffect<Action>] {
        defer { effects = [] }
        return effects
    }

    mutating func emit(_ effect: ProviderEffect<Action>) { effects.append(effect) }

    mutating func perform(_ action: Action, now: Date) {
        switch action {
        case .complete(let labelID):
            guard labels[labelID]?.status == .processing else { return }
            labels[labelID]?.status = .completed
        }
    }

    func json(_ label: ShipStationLabel) -> JSON {
        label.json(trackingStatus: parcels[label.trackingNumber]?.labelStatus ?? "unknown")
    }

    /// The webhook that the workspace was set up with.
    private func configuredHook() -> JSON {
        [
            "webhook_id": "se-1", "name": "tracking", "event": "track", "url": .string(settings.webhookURL),
            "headers": [["key": "X-Webhook-Token", "value": .string(settings.webhookSecret)]],
        ]
    }
}

extension LifeCycle where State == ShipmentStatus, Event == ShipmentStatus {
    /// The forward moves of a package; the event is the status that was scanned.
    public static let shipment = LifeCycle(
        initial: .unknown,
        transitions: forward.flatMap { from, next in
            next.map { Transition(from, $0, $0, by: [.system]) }
        })

    private static var forward: [(ShipmentStatus, [ShipmentStatus])] {
        [
            (
                .unknown,
                [.labelCreated, .inTransit, .outForDelivery, .delivered, .exception, .returnedToSender, .lost]
            ),
            (.labelCreated, [.inTransit, .outForDelivery, .delivered, .exception, .returnedToSender, .lost]),
            (.inTransit, [.outForDelivery, .delivered, .exception, .returnedToSender, .lost]),
            (.outForDelivery, [.delivered, .exception, .returnedToSender, .lost]),
            (.exception, [.inTransit, .outForDelivery, .delivered, .returnedToSender, .lost]),
            (.lost, [.inTransit, .outForDelivery, .delivered, .exception, .returnedToSender]),
            (.delivered, [.returnedToSender]),
        ]
    }
}

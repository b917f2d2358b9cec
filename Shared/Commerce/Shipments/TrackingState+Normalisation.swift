extension TrackingState {
    /// Translates a carrier's status, and its finer detail where it gives one, into our words.
    ///
    /// Detail is EasyPost's `status_detail`, Shippo's `substatus.code`, AfterShip's `subtag` (or `return_to_sender`
    /// where that flag is set), ShipEngine's detail code. Letter case does not matter.
    /// Nil for a status the table does not know: keep the raw value, leave the shipment as it is, count it.
    public init?(source: TrackingSource, status: String?, detail: String? = nil) {
        guard let status else {
            self.init(.unknown)
            return
        }
        let words = TrackingVocabulary.of(source)
        let key = status.lowercased()
        let refined = detail.flatMap { words.refined[key]?[$0.lowercased()] }
        guard let found = refined ?? words.plain[key] else { return nil }
        self.init(found, flags: words.flags(status: key, detail: detail?.lowercased()))
    }
}

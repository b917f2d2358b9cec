/// The body of `POST /labels`.
struct ShipStationLabelRequest: Encodable {
    /// A shipment with the external id by which it is found again.
    private struct Shipment: Encodable {
        let draft: ShipStationShipmentDraft
        let externalID: String

        enum CodingKeys: String, CodingKey {
            case confirmation
            case externalShipmentID = "external_shipment_id"
        }

        func encode(to encoder: any Encoder) throws {
            try draft.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(externalID, forKey: .externalShipmentID)
            try container.encode("none", forKey: .confirmation)
        }
    }

    private let draft: ShipStationLabelDraft
    private let settings: ShipStationSettings

    init(_ draft: ShipStationLabelDraft, settings: ShipStationSettings) {
        self.draft = draft
        self.settings = settings
    }

    private enum CodingKeys: String, CodingKey {
        case shipment
        case isReturnLabel = "is_return_label"
        case rmaNumber = "rma_number"
        case outboundLabelID = "outbound_label_id"
        case labelFormat = "label_format"
        case labelLayout = "label_layout"
        case labelDownloadType = "label_download_type"
        case displayScheme = "display_scheme"
        case testLabel = "test_label"
        case validateAddress = "validate_address"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(draft.isReturn, forKey: .isReturnLabel)
        // WHY: both belong to return labels; a normal label carries its number as a reference only.
        if draft.isReturn {
            try container.encodeIfPresent(draft.rmaNumber, forKey: .rmaNumber)
            try container.encodeIfPresent(draft.outboundLabelID, forKey: .outboundLabelID)
        }
        try container.encode("pdf", forKey: .labelFormat)
        try container.encode(settings.labelLayout, forKey: .labelLayout)
        try container.encode("url", forKey: .labelDownloadType)
        // Both, so that nobody is left without a label where nothing scans the code.
        if draft.isPaperless { try container.encode("label_and_paperless", forKey: .displayScheme) }
        try container.encode(settings.testLabels, forKey: .testLabel)
        try container.encode("no_validation", forKey: .validateAddress)
        try container.encode(Shipment(draft: draft.shipment, externalID: draft.externalID), forKey: .shipment)
    }
}

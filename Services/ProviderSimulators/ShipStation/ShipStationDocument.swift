/// A label on paper: a PDF of one page (ISO 32000-1), with the lines that a person would check.
struct ShipStationDocument: Sendable {
    let text: String

    init(_ label: ShipStationLabel) {
        var lines = [
            label.isReturn ? "RETURN LABEL" : "SHIPPING LABEL", label.service.name, "TRACKING \(label.trackingNumber)",
        ]
        if let number = label.rmaNumber { lines.append("RMA \(number)") }
        lines +=
            ["FROM"] + Self.address(label.shipment["ship_from"]) + ["TO"]
            + Self.address(label.shipment["ship_to"])
        if label.options.isTest { lines.append("SAMPLE - DO NOT MAIL") }
        text = Self.pdf(lines)
    }

    private static func address(_ json: JSON?) -> [String] {
        guard let json else { return [] }
        let place = ["city_locality", "state_province", "postal_code", "country_code"].compactMap { json[$0].string }
        let names = ["name", "company_name", "address_line1", "address_line2"].compactMap { json[$0].string }
        return names.filter { !$0.isEmpty } + [place.joined(separator: " ")]
    }

    private static func pdf(_ lines: [String]) -> String {
        let shown = lines.map { "(\(escaped($0))) Tj T*" }.joined(separator: "\n")
        let stream = "BT /F1 12 Tf 16 TL 20 400 Td\n\(shown)\nET"
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 288 432] /Contents 4 0 R "
                + "/Resources << /Font << /F1 5 0 R >> >> >>",
            "<< /Length \(stream.utf8.count) >>\nstream\n\(stream)\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
        var text = "%PDF-1.4\n"
        var table = "0000000000 65535 f \n"
        for (index, object) in objects.enumerated() {
            let offset = String(text.utf8.count)
            table += String(repeating: "0", count: 10 - offset.count) + "\(offset) 00000 n \n"
            text += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        let start = text.utf8.count
        return text + "xref\n0 \(objects.count + 1)\n\(table)trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\n"
            + "startxref\n\(start)\n%%EOF\n"
    }

    /// Parentheses and backslashes delimit texts; what the font has no letter for is shown as a question mark.
    private static func escaped(_ line: String) -> String {
        line.unicodeScalars.map { scalar in
            switch scalar {
            case "(", ")", "\\": "\\\(scalar)"
            case " "..."~": String(scalar)
            default: "?"
            }
        }.joined()
    }
}

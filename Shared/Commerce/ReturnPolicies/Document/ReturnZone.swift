/// The countries that goods are sent back from in one way.
public struct ReturnZone: Hashable, Sendable {
    /// Names the zone in decisions and conditions.
    public var id: String
    /// ISO 3166-1 codes; none for the zone of the rest of the world.
    public var countries: [String]
    public var acceptsReturns: Bool
    public var window: ReturnWindow
    public var carrier: String?
    public var label: ReturnLabel
    public var methods: [ReturnMethod]
    /// The place the goods go to.
    public var destination: String?

    public init(
        id: String, countries: [String], acceptsReturns: Bool = true, window: ReturnWindow,
        carrier: String? = nil, label: ReturnLabel = .prepaid, methods: [ReturnMethod] = [.ship],
        destination: String? = nil
    ) {
        self.id = id
        self.countries = countries
        self.acceptsReturns = acceptsReturns
        self.window = window
        self.carrier = carrier
        self.label = label
        self.methods = methods
        self.destination = destination
    }

    /// Whether it takes every country that no other zone names.
    public var isRestOfWorld: Bool { countries.isEmpty }

    static let form = PolicyForm(
        initial: ReturnZone(id: "", countries: [], window: ReturnWindow(days: 30)),
        members: [
            PolicyMember("id", \.id, .text),
            PolicyMember("countries", \.countries, .countries),
            PolicyMember("accepts_returns", \.acceptsReturns, .flag),
            PolicyMember("window", \.window, ReturnWindow.form.codec, required: true),
            PolicyMember(optional: "carrier", \.carrier, .text),
            PolicyMember("label", \.label, .choice),
            PolicyMember("methods", \.methods, .list(.choice)),
            PolicyMember(optional: "destination", \.destination, .text),
        ])

    /// A zone without a name is called by its countries.
    static let codec = PolicyCodec<ReturnZone>(
        read: { json, readings in
            guard var zone = form.read(json, &readings) else { return nil }
            if zone.id.isEmpty {
                zone.id = zone.isRestOfWorld ? "rest_of_world" : zone.countries.joined(separator: "_").lowercased()
            }
            return zone
        },
        write: { form.write($0) }, shape: form.shape)
}

extension PolicyCodec where Value == [String] {
    /// Countries; `["*"]` and an empty list both stand for the rest of the world.
    static var countries: PolicyCodec {
        let codes = PolicyCodec.list(.country)
        return PolicyCodec(
            read: { $0 == .list([.text("*")]) ? [] : codes.read($0, &$1) },
            write: { $0.isEmpty ? .list([.text("*")]) : codes.write($0) }, shape: codes.shape)
    }

    static var texts: PolicyCodec { .list(.text) }
}

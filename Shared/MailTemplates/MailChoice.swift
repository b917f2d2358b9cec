import Commerce

/// One mail as a workspace writes it to one customer: in which language, in which words, and whether at all.
public struct MailChoice: Sendable {
    public let locale: String
    public let template: MailTemplate
    public let isSent: Bool

    /// - Parameters:
    ///   - wishes: the customer's languages, the one that counts most first; what is no language is passed over.
    ///   - home: the workspace's language.
    ///   - own: what the workspace says of the mail, by language.
    public init(_ name: MailName, for wishes: [String?], at home: String?, own: [String: OwnWords] = [:]) {
        let there = Set(own.keys)
        locale = MailCatalog.locale(for: wishes + [home], own: there)
        let platform = MailCatalog.template(name, locale: locale)
        template = own[locale]?.applied(to: platform) ?? platform
        // WHY: who has switched a mail off in the workspace's language has meant the mail, not only that language.
        let words = own[locale] ?? own[MailCatalog.locale(for: [home], own: there)]
        isSent = words?.enabled ?? true
    }
}

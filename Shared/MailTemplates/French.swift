import Commerce

/// The mails in French.
enum French {
    static func template(_ name: MailName) -> MailTemplate {
        let (subject, text) = words(name)
        return MailTemplate(subject: subject, text: greeting + text + goodbye)
    }

    private static let greeting = "Bonjour{{#customer_name}} {{customer_name}}{{/customer_name}},\n\n"
    private static let goodbye = "{{#shop_name}}\n\n{{shop_name}}{{/shop_name}}"
    private static let lines = "\n\n{{#lines}}- {{quantity}} × {{title}}\n{{/lines}}"
    /// Goods of a return that are not sent back.
    private static let kept = "{{#kept}}\n\nVeuillez garder : {{kept}} ; inutile de nous le renvoyer.{{/kept}}"
    private static let until = """
        {{#date}} Veuillez envoyer votre colis au plus tard le {{date}}.{{/date}}{{#attached}} L’étiquette est jointe.{{/attached}}
        """
    /// What became of the subscription that the goods came from.
    private static let subscription =
        "{{#subscription_cancelled}}\n\nL’abonnement de ces articles est résilié.{{/subscription_cancelled}}"
        + "{{#subscription_ends}}\n\nL’abonnement de ces articles prend fin avec la période payée."
        + "{{/subscription_ends}}"
        + "{{#skipped_charge}}\n\nL’échéance de l’abonnement du {{skipped_charge}} est annulée.{{/skipped_charge}}"
        + "{{#paused_until}}\n\nL’abonnement est suspendu ; prochaine échéance le {{paused_until}}.{{/paused_until}}"
    /// A label that the carrier did not take back may still be used.
    private static let unusedLabel = """
        {{#voided}} Son étiquette n’est plus valable.{{/voided}}{{^voided}}{{#carrier}} Veuillez ne plus utiliser son \
        étiquette.{{/carrier}}{{/voided}}
        """
    private static let otherLabel = """
        {{#replaces}} Veuillez ne plus utiliser l’étiquette que nous vous avions envoyée.{{/replaces}}
        """
    /// What does in the place of a printer.
    private static let paperless =
        "{{#paperless}} Sans imprimante, présentez le code joint là où vous le déposez.{{/paperless}}"
        + "{{#handoff_code}} Le code de dépôt est {{handoff_code}}.{{/handoff_code}}"
        + "{{#instructions}} {{instructions}}{{/instructions}}"
    /// Goods that were bought elsewhere have no order.
    private static let ofOrder = "{{#order_number}} – commande {{order_number}}{{/order_number}}"

    private static func words(_ name: MailName) -> (subject: String, text: String) {
        switch name {
        case .returnInReview:
            (
                "Nous examinons votre retour – commande {{order_number}}",
                """
                {{#goods_here}}votre colis est arrivé, et nous examinons les articles. Vous aurez de nos \
                nouvelles.{{/goods_here}}{{#parcel_lost}}votre colis met plus de temps que prévu à nous parvenir. Nous le \
                recherchons. Vous aurez de nos nouvelles.{{/parcel_lost}}\
                {{^goods_here}}{{^parcel_lost}}nous avons bien reçu votre demande de retour :\(lines)

                Elle est à l’étude. Vous aurez de nos nouvelles.{{/parcel_lost}}{{/goods_here}}
                """
            )
        case .returnLabel:
            (
                "Votre {{#attached}}étiquette de {{/attached}}retour – commande {{order_number}}",
                """
                votre retour {{return_number}} est accepté. Veuillez nous renvoyer :\(lines)\(kept)

                {{#attached}}L’étiquette est jointe. Imprimez-la, collez-la sur le colis{{#carrier}} et remettez-le à \
                {{carrier}}{{/carrier}}.{{/attached}}\(paperless)\
                {{^attached}}{{^carrier}}Veuillez envoyer le colis par le transporteur de votre choix, en y indiquant le numéro de votre retour.{{/carrier}}{{/attached}}\
                {{#tracking_number}} Son numéro de suivi est {{tracking_number}}.{{/tracking_number}}\(otherLabel)\
                {{#link}}

                {{link}}{{/link}}
                """
            )
        case .returnReminder:
            (
                "Votre retour est toujours ouvert – commande {{order_number}}",
                """
                nous n’avons pas encore reçu votre retour {{return_number}}.\(until){{#link}}

                {{link}}{{/link}}
                """
            )
        case .returnReceived:
            (
                "Votre retour est arrivé – commande {{order_number}}",
                """
                votre colis est arrivé.

                {{#lines}}Nous avons reçu {{quantity}} × {{title}}.
                {{/lines}}

                Nous l’examinons maintenant et vous dirons ce qu’il en est.
                """
            )
        case .returnRefunded:
            (
                "Votre remboursement – commande {{order_number}}",
                """
                nous avons remboursé {{amount}} {{currency}}{{#store_credit}} en avoir.{{/store_credit}}{{^store_credit}} sur \
                le moyen de paiement utilisé. Votre banque peut mettre quelques jours à l’afficher.{{/store_credit}}\
                {{#bonus}} Nous y avons ajouté un bonus de {{bonus}} {{currency}}.{{/bonus}}\(subscription)
                """
            )
        case .returnBonus:
            (
                "Un bonus pour votre retour – commande {{order_number}}",
                """
                nous avons ajouté un bonus{{#bonus}} de {{bonus}} {{currency}}{{/bonus}} à votre avoir pour votre retour \
                {{return_number}}.
                """
            )
        case .returnExchanged:
            (
                "Votre échange – commande {{order_number}}",
                """
                les nouveaux articles de votre retour {{return_number}} sont commandés.\(subscription)
                """
            )
        case .returnRejected:
            (
                "À propos de votre retour – commande {{order_number}}",
                "nous ne pouvons pas accepter votre retour :\(lines){{#reason}}\n\n{{reason}}{{/reason}}\(subscription)"
            )
        case .returnCancelled:
            (
                "Votre retour est annulé – commande {{order_number}}",
                """
                votre retour {{return_number}} est annulé.\(unusedLabel){{#reason}}

                {{reason}}{{/reason}}\(subscription)
                """
            )
        case .returnExpired:
            (
                "Votre retour a expiré – commande {{order_number}}",
                """
                votre retour {{return_number}} ne nous est pas parvenu{{#date}} avant le {{date}}{{/date}} et a pris fin.\
                \(unusedLabel)\(subscription)
                """
            )
        case .returnUnrefunded:
            (
                "À propos de votre retour – commande {{order_number}}",
                """
                votre retour {{return_number}} est terminé :\(lines)

                Rien de son prix n’est remboursé.{{#reason}}

                {{reason}}{{/reason}}\(subscription)
                """
            )
        case .returnPartlyApproved:
            (
                "À propos de votre retour – commande {{order_number}}",
                """
                une partie de votre retour {{return_number}} est acceptée, et nous vous en dirons plus. \
                Nous ne pouvons pas reprendre :\(lines){{#reason}}

                {{reason}}{{/reason}}
                """
            )
        case .warrantyInReview:
            (
                "Nous examinons votre demande de garantie\(ofOrder)",
                "nous avons bien reçu votre demande {{return_number}} :\(lines)\n\nElle est à l’étude. Vous aurez de nos nouvelles."
            )
        case .warrantyApproved:
            (
                "Votre demande de garantie est acceptée\(ofOrder)",
                """
                votre demande {{return_number}} est acceptée. Veuillez nous envoyer :\(lines)

                {{#carrier}}L’étiquette est jointe. Imprimez-la, collez-la sur le colis et remettez-le à {{carrier}}.\
                {{/carrier}}\(paperless){{#tracking_number}} Son numéro de suivi est {{tracking_number}}.{{/tracking_number}}\
                \(otherLabel){{#link}}

                {{link}}{{/link}}
                """
            )
        case .warrantyReminder:
            (
                "Votre demande de garantie est toujours ouverte\(ofOrder)",
                """
                nous n’avons pas encore reçu les articles de votre demande {{return_number}}.\(until){{#link}}

                {{link}}{{/link}}
                """
            )
        case .warrantyRejected:
            (
                "À propos de votre demande de garantie\(ofOrder)",
                """
                nous ne pouvons pas accepter votre demande {{return_number}} :\(lines){{#reason}}

                {{reason}}{{/reason}}{{#tracking_number}}

                Vos articles vous sont renvoyés{{#carrier}} par {{carrier}}{{/carrier}}. Leur numéro de suivi est \
                {{tracking_number}}.{{/tracking_number}}
                """
            )
        case .warrantyCancelled:
            (
                "Votre demande de garantie est annulée\(ofOrder)",
                """
                votre demande {{return_number}} est annulée.\(unusedLabel){{#reason}}

                {{reason}}{{/reason}}
                """
            )
        case .warrantyExpired:
            (
                "Votre demande de garantie a expiré\(ofOrder)",
                """
                les articles de votre demande {{return_number}} ne nous sont pas parvenus{{#date}} avant le {{date}}{{/date}} \
                et elle a pris fin.\(unusedLabel)
                """
            )
        case .warrantyRepaired:
            (
                "Vos articles sont réparés\(ofOrder)",
                """
                vos articles sont réparés et vous sont renvoyés :\(lines){{#tracking_number}}

                {{#carrier}}Ils voyagent avec {{carrier}}. {{/carrier}}Leur numéro de suivi est {{tracking_number}}.\
                {{/tracking_number}}
                """
            )
        case .warrantyReplaced:
            (
                "Vos nouveaux articles sont commandés\(ofOrder)",
                "nous remplaçons vos articles sans frais :\(lines)\n\nVous aurez de nos nouvelles dès leur départ."
            )
        case .webhookFailing:
            (
                "Un point d’accès webhook échoue sans cesse",
                """
                tous les appels de votre point d’accès webhook échouent{{#link}} : {{link}}{{/link}}

                {{#date}}Il sera désactivé le {{date}}, sauf s’il accepte un événement d’ici là.{{/date}}
                """
            )
        case .webhookDisabled:
            (
                "Un point d’accès webhook a été désactivé",
                """
                votre point d’accès webhook a été désactivé{{#link}} : {{link}}{{/link}}{{#reason}}

                {{reason}}{{/reason}}

                Les événements à venir ne lui seront pas livrés : renvoyez ce qu’il a manqué, puis réactivez-le.
                """
            )
        case .webhookRecovered:
            (
                "Un point d’accès webhook fonctionne à nouveau",
                """
                votre point d’accès webhook accepte à nouveau les événements{{#link}} : {{link}}{{/link}}

                {{#date}}Il échouait depuis le {{date}}. {{/date}}Renvoyez ce qu’il a manqué entre-temps.
                """
            )
        case .alertsRefused:
            (
                "Slack n’accepte plus les alertes",
                """
                Slack refuse les alertes de votre espace de travail{{#reason}} : {{reason}}{{/reason}}

                Personne ne les y voit tant que ses réglages ne sont pas corrigés. Elles sont conservées : \
                « stateset alerts list » les affiche.
                """
            )
        }
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/phone_mask.h"

#include <QtCore/QRegularExpression>

namespace atalaya {

QString withoutPhones(QString text)
{
    static const QRegularExpression phone(QStringLiteral("\\+\\d{6,13}(\\d{2})\\b"));
    return text.replace(phone, QStringLiteral("+***\\1"));
}

} // namespace atalaya

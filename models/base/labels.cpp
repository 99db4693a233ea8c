// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/labels.h"

namespace atalaya {

using namespace Qt::Literals::StringLiterals;

QString labelsText(const Labels &labels)
{
    QString text = u"{"_s;
    for (const auto &[name, value] : labels) {
        QString escaped = value;
        escaped.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s).replace(u'\n', u"\\n"_s);
        if (text.size() > 1)
            text += u", "_s;
        text += name + u"=\""_s + escaped + u'"';
    }
    return text + u'}';
}

} // namespace atalaya

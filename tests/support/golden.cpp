// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/golden.h"

#include "widgets/theme/theme.h"

#include <QtCore/QDir>
#include <QtGui/QPainter>
#include <QtWidgets/QApplication>

#include "resources/resources.h"

namespace atalaya::test {

using namespace Qt::Literals::StringLiterals;

void pinLooks(const QString &scheme)
{
    registerAtalayaResources();
    theme::applyTheme(*qApp, scheme == u"light" ? theme::Scheme::Light : theme::Scheme::Dark);
}

QImage pictureOf(QWidget &widget, const QSize &size)
{
    widget.resize(size);
    widget.ensurePolished();
    QImage picture(size, QImage::Format_RGB32);
    picture.fill(theme::themeOf(&widget).color(theme::Token::Surface));
    QPainter painter(&picture);
    widget.render(&painter, {}, {}, QWidget::DrawChildren);
    return picture;
}

testing::AssertionResult matchesGolden(const QImage &picture, const QString &name)
{
    constexpr int littleDifference = 24;
    constexpr double mostShare = 0.005;
    const QString golden = QStringLiteral(ATALAYA_SOURCE_DIR "/tests/golden/") + name + u".png"_s;
    if (qEnvironmentVariableIsSet("ATALAYA_GOLDEN_UPDATE")) {
        picture.save(golden);
        return testing::AssertionSuccess();
    }
    const QDir folder(QStringLiteral(ATALAYA_BINARY_DIR));
    folder.mkpath(u"golden"_s);
    const QString actual = folder.filePath(u"golden/"_s + name + u".png"_s);
    picture.save(actual);
    const std::string advice =
        (u"; compare "_s + actual + u" with "_s + golden + u", and renew with ATALAYA_GOLDEN_UPDATE=1"_s).toStdString();
    const QImage wanted = QImage(golden).convertToFormat(QImage::Format_RGB32);
    if (wanted.isNull())
        return testing::AssertionFailure() << "there is no golden picture" << advice;
    if (wanted.size() != picture.size())
        return testing::AssertionFailure() << "the size differs" << advice;
    int different = 0;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            const QRgb a = picture.pixel(x, y);
            const QRgb b = wanted.pixel(x, y);
            const int most =
                std::max({std::abs(qRed(a) - qRed(b)), std::abs(qGreen(a) - qGreen(b)), std::abs(qBlue(a) - qBlue(b))});
            different += most > littleDifference;
        }
    }
    const double share = static_cast<double>(different) / (static_cast<double>(picture.width()) * picture.height());
    if (share > mostShare)
        return testing::AssertionFailure() << share * 100 << " % of the pixels differ" << advice;
    return testing::AssertionSuccess();
}

} // namespace atalaya::test

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/incident/page_frame.h"

#include <QtCore/QDir>
#include <QtGui/QPainter>
#include <QtWidgets/QApplication>

#include "resources/resources.h"

#include <cstdlib>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::test {

void showPage(QWidget &page, theme::Scheme scheme, const QSize &window)
{
    registerAtalayaResources();
    theme::applyTheme(*qApp, scheme);
    const int rail = window.width() < 1180 ? 80 : 184;
    page.resize(window.width() - rail, window.height() - 32 - 48 - 28);
    page.setAutoFillBackground(true);
    page.show();
    QApplication::processEvents();
    QApplication::processEvents();
}

QImage pictureOf(QWidget &page, const QString &name, qreal scale)
{
    QApplication::processEvents();
    QImage image(page.size() * scale, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(scale);
    image.fill(theme::currentTheme().color(theme::Token::Bg));
    page.render(&image, QPoint(), QRegion(), QWidget::DrawChildren);
    const QString folder = qEnvironmentVariable("ATALAYA_PICTURES");
    if (!folder.isEmpty() && QDir().mkpath(folder))
        image.save(folder + u'/' + name + u".png"_s);
    return image;
}

int pixelsOf(const QImage &image, const QColor &color)
{
    int found = 0;
    const QImage plain = image.convertToFormat(QImage::Format_RGB32);
    for (int y = 0; y < plain.height(); ++y) {
        const QRgb *line = reinterpret_cast<const QRgb *>(plain.constScanLine(y));
        for (int x = 0; x < plain.width(); ++x) {
            if (std::abs(qRed(line[x]) - color.red()) <= 2 && std::abs(qGreen(line[x]) - color.green()) <= 2 &&
                std::abs(qBlue(line[x]) - color.blue()) <= 2)
                ++found;
        }
    }
    return found;
}

} // namespace atalaya::test

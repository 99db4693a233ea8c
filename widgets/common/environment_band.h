// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/theme.h"

#include <QtWidgets/QWidget>

class QHBoxLayout;
class QPushButton;

namespace atalaya::common {

/// What the band says of its environment. `lockWords`: "Read-only", "Writes unlocked, 13:00 left", or empty.
struct BandReading
{
    theme::BandKind kind = theme::BandKind::Production;
    QString name;
    bool isProtected = false;
    bool isUnlocked = false; ///< stripes
    QString lockWords;
    QString lockAction; ///< words of its button ("Unlock...", "Lock now"); empty: no button

    bool operator==(const BandReading &) const = default;
};

/// The coloured band over the whole width, 32 px with a 2 px line below: lock, name, "protected", lock words and button
/// at the left; the freshness pills are added at the right. The same band heads every confirmation (without a button
/// there).
class EnvironmentBand : public QWidget
{
    Q_OBJECT
public:
    explicit EnvironmentBand(QWidget *parent = nullptr);
    void setReading(const BandReading &reading);
    const BandReading &reading() const { return m_reading; }
    /// Puts `widget` at the right end, after those before it.
    void addRight(QWidget *widget);
    /// The corners at the top, for a dialog's head.
    void setTopRadius(int radius);

    QSize sizeHint() const override;

Q_SIGNALS:
    void lockActionRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void place();
    BandReading m_reading;
    QPushButton *m_action;
    QHBoxLayout *m_right;
    int m_topRadius = 0;
};

} // namespace atalaya::common

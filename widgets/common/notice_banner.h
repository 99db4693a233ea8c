// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/state.h"
#include "widgets/theme/icons.h"

#include <QtWidgets/QWidget>

class QLabel;
class QPushButton;

namespace atalaya::common {

/// A banner over a page: what is not to be trusted or went wrong, why, and one thing to do about it.
class NoticeBanner final : public QWidget
{
    Q_OBJECT
public:
    explicit NoticeBanner(QWidget *parent = nullptr);

    void setAction(theme::Icon icon, const QString &text, const QString &toolTip);
    void show(State shape, const QString &title, const QString &detail);

Q_SIGNALS:
    void actionRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    State m_shape = State::Stale;
    QLabel *m_title;
    QLabel *m_detail;
    QPushButton *m_action;
};

} // namespace atalaya::common

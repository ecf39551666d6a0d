({
  run: function (component, event, helper) {
    component.find("omni").setServicePresenceStatus({ statusId: component.get("v.statusId") }).then(function (result) {
      console.log("status " + result.statusId + ", " + result.statusName + ", " + result.statusApiName + ", channels " + result.channels);
    }).catch(function (error) {
      console.log("refused: " + error.message);
    });
  }
})
